import { z } from 'zod';
import { measure, type Measure } from '../../core/measure.js';
import { count, positive, share, vector } from '../../core/measure-input.js';
import { defaultOrders, guarantee, spending } from '../../core/privacy/accountant.js';
import { clip } from '../../core/privacy/clip.js';
import { meanNoiseStdDev } from '../../core/privacy/noise.js';

const accountantInput = z.strictObject({
  noiseMultiplier: positive,
  sampleRate: share,
  rounds: count,
  delta: z.number('must be a finite number').gt(0, 'must be positive').lt(1, 'must be below 1'),
  orders: z.array(z.number().gt(1, 'orders must exceed 1')).min(1, 'must not be empty').optional(),
});

const privacy = measure({
  summary: 'What so many rounds of noised, subsampled training give away: (ε, δ) by the Rényi accountant.',
  formula: 'ε = min_α rounds·ln A_α/(α−1) + ln((α−1)/α) − (ln δ + ln α)/(α−1)',
  range: 'ε ≥ 0; smaller is more private',
  source: 'Mironov, Talwar & Zhang 2019, arXiv 1908.10530; Balle et al. 2020, arXiv 1905.09982',
  pitfall: 'sampleRate is a Poisson rate; the noise multiplier is noise over clip of the *sum*',
  input: accountantInput,
  example: { noiseMultiplier: 1.5, sampleRate: 0.04, rounds: 2250, delta: 1e-5 },
  compute: ({ orders = [...defaultOrders], delta, ...rounds }) =>
    guarantee(orders, spending(orders, rounds), delta),
});

const clipInput = z
  .strictObject({
    update: vector,
    clip: positive,
    noiseMultiplier: z.number('must be a finite number').min(0, 'must not be negative').optional(),
    clients: count.optional(),
  })
  .superRefine(({ noiseMultiplier, clients }, context) => {
    const missing = noiseMultiplier === undefined ? 'noiseMultiplier' : 'clients';
    if ((noiseMultiplier === undefined) !== (clients === undefined))
      context.addIssue({ code: 'custom', path: [missing], message: 'is needed for the noise of the mean' });
  });

const clipMeasure = measure({
  summary:
    'An update shortened to a bound on its norm, and the noise that then hides one client in the mean.',
  formula: 'Δ·min(1, C/‖Δ‖₂); noise of the mean: z C / clients',
  range: '‖clipped‖ ≤ C',
  source: 'Abadi et al. 2016, arXiv 1607.00133; McMahan et al. 2018, arXiv 1710.06963',
  pitfall: 'one norm over all of an update, not one a layer',
  input: clipInput,
  example: { update: [3, 4], clip: 1, noiseMultiplier: 1.5, clients: 10 },
  compute: ({ update, clip: bound, noiseMultiplier, clients }) => {
    const { norm, clipped } = clip(update, bound);
    const noised = noiseMultiplier !== undefined && clients !== undefined;
    return {
      norm,
      clipped: [...clipped],
      ...(noised && { noiseStdDev: meanNoiseStdDev(noiseMultiplier, bound, clients) }),
    };
  },
});

/** Privacy arithmetic that `herdscope measure` runs. */
export const privacyMeasures = { privacy, clip: clipMeasure } satisfies Record<string, Measure>;
