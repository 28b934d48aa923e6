import { sum } from '../../core/numeric.js';
import { channelsOfLoss, type ChannelOfLoss } from '../losses/cash-effects.js';
import type { DayLosses } from '../losses/losses.js';
import { measuredLosses, totalLosses, type Totals } from '../losses/run-losses.js';
import type { RunData } from '../run-data.js';
import type { FigureMaker } from './figure.js';
import { drawGrid } from './grid.js';
import { line } from './marks.js';
import { palette } from './palette.js';
import { listed, usd } from './say.js';
import { pointsOf } from './thin.js';
import { backdropKey, overDays } from './timeline.js';

/** How each channel of loss is named and drawn. */
export const lossChannels: Readonly<
  Record<ChannelOfLoss, { readonly label: string; readonly colour: string }>
> = {
  market: { label: 'market (news, others’ orders)', colour: palette.blue },
  fireSale: { label: 'others’ forced sales', colour: palette.vermillion },
  ownTrades: { label: 'own trades', colour: palette.orange },
  counterparty: { label: 'counterparties', colour: palette.purple },
  carry: { label: 'interest and fees', colour: palette.green },
  flows: { label: 'owners, investors, authority', colour: palette.grey },
};

type Days = readonly { readonly day: number; readonly losses: DayLosses }[];

/** Running sum over days of what one channel did to all institutions together, USD. */
function running(days: Days, name: ChannelOfLoss): Float64Array {
  let total = 0;
  return Float64Array.from(days, ({ losses }) => (total += sum(losses[name])));
}

const totalOf = (totals: Totals): number => sum(channelsOfLoss.map((name) => totals[name]));

function caption(run: RunData, days: Days): string {
  const all = totalLosses(days, () => true);
  const parts = channelsOfLoss.map((name) => `${lossChannels[name].label} ${usd(all[name])}`);
  const types = [...new Set(run.roster.map(({ type }) => type))].map((type) => {
    const own = totalLosses(days, (i) => run.roster[i]!.type === type);
    return `${type} ${usd(own.fireSale)} and ${usd(own.counterparty)}`;
  });
  return `From day ${days[0]!.day} to day ${days.at(-1)!.day} the equity of all institutions changes by ${usd(totalOf(all))}: ${listed(parts)}. To others' forced sales and to counterparties: ${listed(types)}. Every change of equity is in one of these channels, day by day and institution by institution.`;
}

/** What took equity away, or gave it, since the warm-up. */
export const losses: FigureMaker = (run) => {
  const title = 'Why equity changed: market, fire sales, counterparties, own trades';
  const days = measuredLosses(run);
  if (days === undefined || days.length === 0)
    return {
      losses: {
        title,
        omitted: `A record at "${run.scenario.record}" holds no balance sheets; record: standard does.`,
      },
    };
  const day = days.map((d) => d.day);
  const cumulative = Object.fromEntries(channelsOfLoss.map((name) => [name, running(days, name)]));
  const layers = channelsOfLoss.map((name) =>
    line(
      pointsOf(
        day,
        cumulative[name]!.map((x) => x / 1e9),
      ),
      lossChannels[name].colour,
    ),
  );
  const panel = overDays(
    run,
    {
      heading: 'Gains and losses since the warm-up, bn USD',
      height: 210,
      layers,
      y: { include: [0], ticks: 6 },
    },
    'Trading day',
  );
  return {
    losses: {
      title,
      key: [
        ...channelsOfLoss.map((name) => ({ ...lossChannels[name], sign: 'line' as const })),
        ...backdropKey(run),
      ],
      caption: caption(run, days),
      data: { day, ...cumulative },
      draw: (width) => drawGrid([panel], 1, width, `lo${width}`),
    },
  };
};
