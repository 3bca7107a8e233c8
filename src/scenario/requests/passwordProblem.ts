const SPECIALS = '!@$%^-_=+[{}]:,./?';

const CLASSES: readonly RegExp[] = [/[A-Z]/, /[a-z]/, /[0-9]/, /[!@$%^\-_=+[{}\]:,./?]/];

/**
 * What is wrong with a login password by the rules of the CCE API: 8 to 26 characters, three of four classes, not the user name
 * forwards or backwards. The password itself is never part of the answer.
 *
 * A password that was salted for the wire (crypt text, also in Base64) or masked (only `x` or `*`) shows none of this and passes.
 */
export function passwordProblem(password: string, username: string): string | undefined {
  if (isSalted(password) || isMasked(password)) return undefined;
  if (password.length < 8 || password.length > 26) return 'a password has 8 to 26 characters';
  if (CLASSES.filter((letters) => letters.test(password)).length < 3)
    return `a password has three of: upper-case letters, lower-case letters, digits, ${SPECIALS}`;
  const names = [username, [...username].reverse().join('')];
  return names.some((name) => name !== '' && password.includes(name))
    ? 'a password does not contain the user name, forwards or backwards'
    : undefined;
}

function isSalted(password: string): boolean {
  return /^\$[156y]\$/.test(password) || /^(JDEk|JDUk|JDYk|JHkk)/.test(password);
}

function isMasked(password: string): boolean {
  return /^(x+|\*+)$/.test(password);
}
