import { doseResponseFigure } from '../../figures/sweep/dose-response.js';
import { heatMapFigure } from '../../figures/sweep/heat-map.js';
import { crossed } from '../../sweep/crossed.js';
import { doseFields, doseResponse } from '../../sweep/dose-response.js';
import type { Figure } from '../../figures/figure.js';
import type { SweepData } from '../../sweep/sweep-data.js';

/** Curves of every numeric field with three levels or more. */
export const curvesOf = (sweep: SweepData): Figure[] =>
  doseFields(sweep).map((field) =>
    doseResponseFigure(
      field,
      sweep.plan.metrics.flatMap((metric) => {
        const label = sweep.labels[metric];
        return label ? [{ response: doseResponse(sweep, field, metric), label }] : [];
      }),
    ),
  );

/** Heat maps of every pair of fields that the design crosses. */
export const mapsOf = (sweep: SweepData): Figure[] => {
  const { fields, metrics } = sweep.plan;
  return fields.flatMap((down, i) =>
    fields.slice(i + 1).flatMap((across) =>
      metrics.flatMap((metric) => {
        const map = crossed(sweep, down, across, metric);
        return map ? [heatMapFigure(map)] : [];
      }),
    ),
  );
};
