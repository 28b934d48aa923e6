import { doseResponseFigure } from '../../figures/sweep/dose-response.js';
import { heatMapFigure } from '../../figures/sweep/heat-map.js';
import { crossed } from '../../sweep/crossed.js';
import { doseFields, doseResponse } from '../../sweep/dose-response.js';
import type { Figure } from '../../figures/figure.js';
import { slug } from '../slug.js';
import type { SweepData } from '../../sweep/sweep-data.js';

type Named = readonly [name: string, figure: Figure];

/** Curves of every numeric field with three levels or more. */
export const curvesOf = (sweep: SweepData): Named[] =>
  doseFields(sweep).map((field): Named => [
    `dose-response-${slug(field)}`,
    doseResponseFigure(
      field,
      sweep.plan.metrics.flatMap((metric) => {
        const label = sweep.labels[metric];
        return label ? [{ response: doseResponse(sweep, field, metric), label }] : [];
      }),
    ),
  ]);

/** Heat maps of every pair of fields that the design crosses. */
export const mapsOf = (sweep: SweepData): Named[] => {
  const { fields, metrics } = sweep.plan;
  return fields.flatMap((down, i) =>
    fields.slice(i + 1).flatMap((across) =>
      metrics.flatMap((metric): Named[] => {
        const map = crossed(sweep, down, across, metric);
        return map ? [[`heat-map-${slug(`${down} ${across} ${metric}`)}`, heatMapFigure(map)]] : [];
      }),
    ),
  );
};
