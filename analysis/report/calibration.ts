import type { Fit } from '../calibration/distance.js';
import { momentNames, moments } from '../calibration/moments.js';
import { threshold, type Profile, type Tried } from '../calibration/profile.js';
import type { Target } from '../calibration/target.js';
import type { Figure } from '../figures/figure.js';
import { alone } from '../figures/frame.js';
import { drawGrid } from '../figures/grid.js';
import { dots, level, uprights } from '../figures/marks.js';
import { palette } from '../figures/palette.js';
import { counted, decimal, listed } from '../figures/say.js';
import { html, table, text, type Html, type Section } from './html.js';
import { pictureHtml, pictureOf } from './sections/pictures.js';
import { shell } from './shell.js';

/** A parameter after calibration. */
export interface FittedParameter {
  readonly path: string;
  readonly label: string;
  readonly start: number;
  readonly best: number;
  /** Between what values the distance cannot be told from the least. */
  readonly from: number;
  readonly to: number;
  readonly profile: Profile;
  /** Value at a place of the range. */
  readonly at: (place: number) => number;
  readonly scale: 'linear' | 'log';
}

/** What a calibration found. */
export interface CalibrationResult {
  readonly name: string;
  readonly version: string;
  readonly command: string;
  readonly parameters: readonly FittedParameter[];
  readonly tried: readonly Tried[];
  readonly target: Target;
  readonly start: Fit;
  readonly best: Fit;
  readonly seeds: number;
}

/** Moments further from the real ones than chance would leave them. */
const far = 2;
export const unmatched = ({ best }: Pick<CalibrationResult, 'best'>): string[] =>
  momentNames.filter((_, m) => Math.abs(best.deviations[m]!) > far);

const short = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(3))) : 'undefined';

function profileFigure({ parameters, tried, best }: CalibrationResult): Figure {
  const free = parameters.filter(({ profile }) => !profile.identified).map(({ label }) => label);
  return {
    title: 'Distance from the real moments, parameter by parameter',
    key: [
      { label: 'a point that was tried', colour: palette.sky, sign: 'dot' },
      { label: 'best', colour: palette.vermillion, sign: 'rule' },
      { label: 'cannot be told from the best', colour: palette.ink, sign: 'dashed' },
    ],
    caption:
      free.length === 0
        ? 'Every parameter has a part of its range that fits worse than chance would make it.'
        : `The moments do not identify ${listed(free)}: any value fits about as well.`,
    data: { parameters: parameters.map(({ path, profile }) => ({ path, ...profile })), tried },
    draw: (width) =>
      drawGrid(
        parameters.map((p, d) => ({
          heading: p.label,
          height: 150,
          layers: [
            dots(
              tried.map(({ place, distance }) => ({ x: p.at(place[d]!), y: distance })),
              palette.sky,
            ),
            level(best.distance + threshold, palette.ink, [4, 3]),
            uprights([p.best], palette.vermillion),
          ],
          x: { title: p.path, type: p.scale, ticks: 4 },
          y: { include: [0], ticks: 4 },
        })),
        3,
        width,
        `calibration-${width}`,
      ),
  };
}

const momentRows = ({ target, start, best }: CalibrationResult): Html[][] =>
  momentNames.map((name, m) => [
    text(moments[name].label),
    text(`${short(target.values[m]!)} ± ${short(target.spread[m]!)}`),
    text(short(start.simulated[m]!)),
    text(short(best.simulated[m]!)),
    text(decimal(best.deviations[m]!, 1)),
  ]);

const fitSection = (result: CalibrationResult): Section => {
  const missed = unmatched(result).map((name) => moments[name as keyof typeof moments].label.toLowerCase());
  return {
    id: 'fit',
    title: 'Fit',
    body: html`<p>
        Distance ${text(decimal(result.start.distance, 1))} at the scenario’s own values,
        ${text(decimal(result.best.distance, 1))} at the best of ${text(result.tried.length)} points. By
        chance alone it would be about ${text(Math.max(1, momentNames.length - result.parameters.length))}.
      </p>
      <p>
        ${text(
          missed.length === 0
            ? 'Every moment is within two standard errors.'
            : `Not matched, by more than two standard errors: ${listed(missed)}.`,
        )}
      </p>
      ${table(['Moment', 'Real', 'Before', 'Fitted', 'Standard errors off'], momentRows(result), 'plain')}`,
  };
};

const parameterSection = ({ parameters }: CalibrationResult): Section => ({
  id: 'parameters',
  title: 'Parameters',
  body: table(
    ['Parameter', 'Before', 'Fitted', 'Cannot be told from it', 'Identified'],
    parameters.map((p) => [
      html`${text(p.label)} <span class="note">${text(p.path)}</span>`,
      text(short(p.start)),
      text(short(p.best)),
      text(`${short(p.from)} to ${short(p.to)}`),
      text(p.profile.identified ? 'yes' : 'no'),
    ]),
    'plain',
  ),
});

/** The files of a calibration's report. */
export async function calibrationReport(result: CalibrationResult): Promise<ReadonlyMap<string, string>> {
  const figure = profileFigure(result);
  const picture = await pictureOf('profiles', figure);
  const sections = [
    fitSection(result),
    parameterSection(result),
    { id: 'identifiability', title: 'Identifiability', body: pictureHtml(picture) },
    { id: 'reproduce', title: 'Reproduce', body: html`<pre>${text(result.command)}</pre>` },
  ];
  const facts = `simulated method of moments: ${counted(result.tried.length, 'point')} by ${counted(result.seeds, 'seed')}; Herdscope ${result.version}`;
  return new Map([
    [
      'report.html',
      shell({ title: `${result.name}: calibration`, facts, version: result.version }, sections),
    ],
    ['figures/profiles.svg', alone(picture.wide)],
    [
      'figures/profiles.json',
      `${JSON.stringify({ title: figure.title, caption: figure.caption, data: figure.data })}\n`,
    ],
  ]);
}
