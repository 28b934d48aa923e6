import { z } from 'zod';
import { matrix } from '../../../core/measure-input.js';
import { measure } from '../../../core/measure.js';
import { hillNumber, sharesOf } from '../../../core/diversity.js';

/** Who moves the market, in what, and how one-sidedly.
 * @formula HHI of gross flow by institution and by asset; imbalance = Σ_k|Σ_i f_ik| / Σ|f_ik|
 * @shape   flows (institutions, assets), signed currency (buys positive), not all 0
 * @range   HHI (0, 1]; imbalance [0, 1]; assetImbalance null for an asset without trades
 * @source  Herfindahl-Hirschman index; order imbalance as in Chordia, Roll & Subrahmanyam 2002, J. Financial Economics 65(1)
 * @pitfall one large institution raises imbalance as much as many small ones do: read it beside institutionHhi
 */
export function orderFlowConcentration(flows: readonly (readonly number[])[]) {
  const byAsset = flows[0]!.map((_, k) => flows.map((row) => row[k]!));
  const gross = (row: readonly number[]): number => row.reduce((sum, flow) => sum + Math.abs(flow), 0);
  const net = byAsset.map((column) => Math.abs(column.reduce((sum, flow) => sum + flow, 0)));
  const assetGross = byAsset.map(gross);
  const effectiveInstitutions = hillNumber(sharesOf(flows.map(gross)), 2);
  const effectiveAssets = hillNumber(sharesOf(assetGross), 2);
  return {
    institutionHhi: 1 / effectiveInstitutions,
    assetHhi: 1 / effectiveAssets,
    effectiveInstitutions,
    effectiveAssets,
    assetImbalance: net.map((flow, k) => (assetGross[k] === 0 ? null : flow / assetGross[k]!)),
    imbalance: gross(net) / gross(assetGross),
  };
}

const input = z.strictObject({
  flows: matrix.refine((rows) => rows.flat().some((flow) => flow !== 0), 'must hold at least one trade'),
});

export const orderFlow = measure({
  summary: 'Order-flow concentration: by institution, by asset, and how one-sided it is.',
  formula: 'HHI = Σ sᵢ² of gross flow; imbalance = Σ_k|Σ_i f_ik| / Σ_ik|f_ik|',
  range: 'HHI (0, 1]; imbalance [0, 1]',
  source: 'Chordia, Roll & Subrahmanyam 2002, Journal of Financial Economics 65(1) (imbalance)',
  pitfall: 'One large trader and many small ones give the same imbalance: read it beside institutionHhi.',
  input,
  table: 'flows',
  example: {
    flows: [
      [100, -20],
      [60, 0],
      [-10, 30],
    ],
  },
  compute: ({ flows }: z.infer<typeof input>) => orderFlowConcentration(flows),
});
