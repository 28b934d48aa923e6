/** Colours that all readers can tell apart; ink is whatever the page writes in, so figures suit light and dark.
 * @source Okabe & Ito 2008, Color Universal Design
 */
export const palette = {
  ink: 'currentColor',
  blue: '#0072B2',
  orange: '#E69F00',
  green: '#009E73',
  vermillion: '#D55E00',
  sky: '#56B4E9',
  purple: '#CC79A7',
  grey: '#8A8A8A',
} as const;

/** For kinds without an order; vermillion is kept for defaults, and kinds past the sixth share grey. */
const series: readonly string[] = [
  palette.blue,
  palette.orange,
  palette.green,
  palette.purple,
  palette.sky,
  palette.ink,
];

/** One colour a name, in the names' own order. */
export const coloursOf = (names: readonly string[]): ReadonlyMap<string, string> =>
  new Map(names.map((name, i) => [name, series[i] ?? palette.grey]));

export const fonts = '"Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif';
