import { correlation, log } from '../../../core/numeric.js';
import { fact } from '../fact.js';
import { joined } from '../segment.js';

/** Much is traded on days that move much.
 * @formula corr(ln volume_t, |r_t|)
 * @source  Karpoff 1987, Journal of Financial and Quantitative Analysis 22(1); Cont 2001, fact 10
 */
export const volumeVolatility = fact({
  label: 'Volume and volatility',
  meaning: 'Correlation of the log of volume with absolute returns of the same day.',
  low: 0,
  high: 1,
  source: 'Karpoff 1987 reviews eighteen studies, nearly all with a positive correlation.',
  summarise: ({ returns, volume }) =>
    volume?.every((v) => v > 0) ? { volume: volume.map((v) => log(v)), size: returns.map(Math.abs) } : null,
  combine: (parts) => correlation(joined(parts.map((p) => p.volume)), joined(parts.map((p) => p.size))),
});
