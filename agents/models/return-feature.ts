import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import type { Problem } from '../../core/scenario/problem.js';
import { readNames } from '../../core/scenario/read-names.js';
import type { Scenario } from '../../core/scenario.js';
import { featureLayout } from '../features.js';
import type { InputShape } from './architecture.js';

/** Option of models that read the past returns themselves. */
export const returnFeatureOption = {
  returnFeature: field(
    z.int().min(0).default(0),
    "Which of the day's features is the asset's own past return",
    'position, from 0',
  ),
};

/** Columns of a row that hold the past returns, oldest first. */
export function returnColumns({ features, window }: InputShape, returnFeature: number): number[] {
  if (returnFeature >= features)
    throw new RangeError(`returnFeature ${returnFeature} where a day has ${features} features`);
  return Array.from({ length: window }, (_, day) => day * features + returnFeature);
}

/** A feature that no day has. */
export function checkReturnFeature(
  { returnFeature }: Readonly<Record<string, unknown>>,
  scenario: Scenario,
): Problem[] {
  const { width } = featureLayout(readNames(scenario));
  return Number(returnFeature) < width
    ? []
    : [{ path: ['returnFeature'], message: `${Number(returnFeature)} where a day has ${width} features` }];
}
