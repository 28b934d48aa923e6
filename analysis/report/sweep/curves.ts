import { doseResponseFigure } from '../../figures/sweep/dose-response.js';
import { heatMapFigure } from '../../figures/sweep/heat-map.js';
import { crossed } from '../../sweep/crossed.js';
import { doseResponses } from '../../sweep/dose-response.js';
import type { Figure } from '../../figures/figure.js';
import { slug } from '../slug.js';
import type { SweepData } from '../../sweep/sweep-data.js';

type Named = readonly [name: string, figure: Figure];

/** Curves of every numeric field with three levels or more. */
export function curvesOf(sweep: SweepData): Named[] {
  const responses = doseResponses(sweep);
  return [...new Set(responses.map(({ field }) => field))].map((field): Named => [
    `dose-response-${slug(field)}`,
    doseResponseFigure(
      field,
      responses
        .filter((response) => response.field === field)
        .map((response) => ({ response, label: sweep.labels[response.metric]! })),
    ),
  ]);
}

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
