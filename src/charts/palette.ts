/**
 * Colours that remain distinct with every common colour blindness.
 * @see Okabe, Ito: Color Universal Design (2008)
 */
export const palette = {
  blue: '#0072b2',
  orange: '#e69f00',
  green: '#009e73',
  vermilion: '#d55e00',
  purple: '#cc79a7',
  sky: '#56b4e9',
  yellow: '#f0e442',
  black: '#1f2933',
} as const;

/** Colours for lines of equal rank, in order of use; yellow is left out because a thin yellow line is not seen on white. */
export const lineColours = [
  palette.blue,
  palette.orange,
  palette.green,
  palette.vermilion,
  palette.purple,
  palette.sky,
  palette.black,
  '#8a6d3b',
] as const;

/** Text, grid and surfaces, from dark to light. */
export const ink = { text: '#1f2933', soft: '#52606d', grid: '#e4e7eb', faint: '#eceff3' } as const;

/** What a verdict looks like. */
export const outcomeColours = { holds: palette.blue, fails: palette.vermilion, unknown: '#9aa5b1' } as const;

/** Light to dark, for amounts from small to large. */
export const sequence = ['#deebf7', '#9ecae1', '#6baed6', '#3182bd', '#08519c'] as const;
