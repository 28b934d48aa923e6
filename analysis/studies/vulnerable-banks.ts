import { log } from '../../core/numeric.js';
import { correlation } from '../../core/descriptive.js';
import { drawGrid } from '../figures/grid.js';
import { dots } from '../figures/marks.js';
import { palette } from '../figures/palette.js';
import { decimal, listed, percent } from '../figures/say.js';
import { stressTest } from '../stress/stress-test.js';
import type { Study, StudyData, StudyResult } from './study.js';

/** A fall of the first tradable asset by a tenth, and a price impact of 5% for a twentieth sold. */
const size = -0.1;
const priceImpact = 0.05;

function run({ book, exposures }: StudyData): StudyResult {
  const shock = { [book.assets[0]!]: size };
  const terms = { shock, priceImpact, leverageCap: Infinity };
  const { vulnerability, totalAssets } = stressTest({ book, exposures, terms, channels: {} });
  const { systemicness, indirectVulnerability, aggregateVulnerability } = vulnerability;
  const rows = book.ids.map((bank, i) => ({
    bank,
    totalAssets: totalAssets[i]!,
    leverage: totalAssets[i]! / book.equity[i]!,
    systemicness: systemicness[i]!,
    indirectVulnerability: indirectVulnerability[i]!,
  }));
  const held = rows.filter((r) => r.systemicness > 0);
  const bySize = correlation(
    held.map((r) => log(r.totalAssets)),
    held.map((r) => log(r.systemicness)),
  );
  const vulnerableBySize = correlation(
    held.map((r) => log(r.totalAssets)),
    held.map((r) => r.indirectVulnerability),
  );
  const top = [...rows].sort((a, b) => b.systemicness - a.systemicness).slice(0, 5);
  const share = top.reduce((s, r) => s + r.systemicness, 0) / aggregateVulnerability;
  const findings = [
    `A fall of ${book.assets[0]!} by ${percent(-size)} makes institutions that restore their leverage cost each other ${percent(aggregateVulnerability)} of all equity.`,
    `${listed(top.map((r) => r.bank))} cause ${percent(share)} of it.`,
    `Systemicness rises with size (correlation of logarithms ${decimal(bySize, 2)}); vulnerability hardly does (${decimal(vulnerableBySize, 2)}).`,
  ];
  const scatter = (heading: string, y: (r: (typeof rows)[number]) => number) => ({
    heading,
    height: 220,
    layers: [
      dots(
        held.map((r) => ({ x: r.totalAssets, y: y(r) })),
        palette.blue,
      ),
    ],
    x: { title: 'Total assets, in the unit of the book', type: 'log' as const },
    y: { include: [0], ticks: 5 },
  });
  return {
    rows,
    findings,
    figure: {
      title: 'Who causes fire-sale losses, and who bears them',
      key: [],
      caption: findings.join(' '),
      data: { rows },
      draw: (width) =>
        drawGrid(
          [
            scatter('Systemicness, % of all equity', (r) => 100 * r.systemicness),
            scatter('Indirect vulnerability, % of own equity', (r) => 100 * r.indirectVulnerability),
          ],
          2,
          width,
          `vb${width}`,
        ),
    },
  };
}

/** Systemicness and vulnerability by institution. */
export const vulnerableBanksStudy: Study = {
  question: 'Which banks’ deleveraging costs the others most, and who is hurt by it?',
  source: 'Greenwood, Landier & Thesmar 2015, Journal of Financial Economics 115(3), ranking of systemicness',
  reads: ['book'],
  run,
};
