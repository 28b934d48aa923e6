import { z } from 'zod';
import type { Cohort } from '../learning/cohort.js';
import { openEngine, type Engine } from '../learning/engine.js';
import { field } from '../../core/scenario/field.js';
import type { InputShape } from './architecture.js';
import { lookbackOption } from './lookback.js';
import { hiddenOption, mlpCohort } from './mlp.js';
import { networkCohort } from './network-cohort.js';
import { readout } from './layers.js';
import { transformerForward } from './transformer.js';

/** Nothing of an optimiser or a loss is used: policies bring their own. */
const plain = { optimiser: 'sgd', weightDecay: 0, loss: 'squared-error', huberDelta: 1 } as const;

/** Options of a feed-forward policy. */
export const feedForwardOptions = { ...lookbackOption(1), ...hiddenOption };

export const feedForward = (
  name: string,
  shape: InputShape,
  { hidden }: { readonly hidden: readonly number[] },
  engine: Engine = openEngine(),
): Cohort => mlpCohort(name, shape, { ...plain, hidden }, 1, engine);

/** Options of a policy that attends to the days before. */
export const attentiveOptions = {
  ...lookbackOption(20),
  width: field(z.int().min(8).max(512).multipleOf(8).default(16), 'Numbers a day is embedded in', 'count'),
  layers: field(z.int().min(1).max(8).default(1), 'Blocks on top of each other', 'count'),
};

/** A transformer of two heads with one output. */
export function attentive(
  name: string,
  shape: InputShape,
  { width, layers }: { readonly width: number; readonly layers: number },
  engine: Engine = openEngine(),
): Cohort {
  const { window } = shape;
  return networkCohort(
    name,
    shape,
    width,
    plain,
    (trace, inputs) => {
      const representation = transformerForward(trace, inputs, {
        window,
        width,
        heads: 2,
        layers,
        span: window,
      });
      return { mean: readout(trace, representation), representation };
    },
    1,
    engine,
  );
}
