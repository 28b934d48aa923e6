import type { PenaltyTerm } from './cohort.js';
import { flatPenalties, inputOf, type Penalised } from './flat-penalties.js';
import type { TfTensor } from './tfjs.js';

type Slopes = (f: () => TfTensor) => { readonly value: number; readonly gradient: Float32Array };

/** What a penalty on forecasts needs of the model. */
interface Means {
  readonly column: (values: Float32Array) => TfTensor;
  readonly forecasts: (probes: Float32Array) => TfTensor;
}

/** Keeps a constant forecast from dividing by zero; forecasts are in units of the target's deviation. */
const TINY = 1e-12;

const centred = (a: TfTensor): TfTensor => a.sub(a.mean());

function decorrelation(term: PenaltyTerm, slopes: Slopes, { column, forecasts }: Means): Penalised {
  const [probes, theirs] = ['probes', 'forecasts'].map((key) => inputOf('decorrelation', term, key));
  const { value, gradient } = slopes(() => {
    const [own, other] = [centred(forecasts(probes!)), centred(column(theirs!))];
    const spread = own.square().sum().mul(other.square().sum()).add(TINY);
    return own.mul(other).sum().square().div(spread);
  });
  return { value, slope: gradient };
}

function consensus(term: PenaltyTerm, slopes: Slopes, { column, forecasts }: Means): Penalised {
  const [probes, agreed] = ['probes', 'forecasts'].map((key) => inputOf('consensus', term, key));
  const { value, gradient } = slopes(() => forecasts(probes!).sub(column(agreed!)).square().mean());
  return { value, slope: gradient };
}

/** Penalties on forecasts, by name. */
const onForecasts: Readonly<Record<string, typeof consensus>> = { consensus, decorrelation };

/** The engine's named penalties, for a model that is not traced. */
export function penaltyIn(
  name: string,
  term: PenaltyTerm,
  parameters: Float32Array,
  slopes: Slopes,
  means: Means,
): Penalised {
  const ofForecasts = onForecasts[name];
  if (ofForecasts) return ofForecasts(term, slopes, means);
  const penalty = flatPenalties[name];
  if (!penalty) throw new RangeError(`unknown penalty ${name}`);
  return penalty(term, parameters);
}
