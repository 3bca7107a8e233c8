/**
 * Several error messages as one, as kubectl prints them; undefined without any.
 * @see kubernetes/apimachinery pkg/util/errors/errors.go (aggregate.Error)
 */
export function aggregate(messages: readonly string[]): string | undefined {
  return messages.length > 1 ? `[${messages.join(', ')}]` : messages[0];
}
