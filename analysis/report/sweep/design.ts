import { counted } from '../../figures/say.js';
import { detectableEffect } from '../../statistics/detectable-effect.js';
import type { SweepData } from '../../sweep/sweep-data.js';
import { html, table, text, type Section } from '../html.js';

/** What the sweep asked, and how much it could see. */
export function designSection({ plan, rows }: SweepData, failed: number): Section {
  const wanted = plan.points.length * plan.replications;
  const seen = detectableEffect(plan.replications);
  return {
    id: 'design',
    title: 'Question and design',
    body: html`<p class="question">${text(plan.question || 'The design states no question.')}</p>
      <p>
        ${text(counted(plan.points.length, 'point'))} (${text(plan.design)}), each with the same
        ${text(counted(plan.replications, 'seed'))}: ${text(rows.length)} of ${text(wanted)} runs are
        here${text(failed > 0 ? `, ${failed} failed (failures.jsonl says why) and are left out` : '')}.
        ${text(Number.isFinite(seen) ? `With that many replications a paired effect of ${seen.toFixed(2)} standard deviations of the difference is seen four times out of five.` : 'One replication gives no interval: nothing here is a claim.')}
      </p>
      ${table(
        ['Point', 'Setting', 'Runs'],
        plan.points.map((p, i) => [
          text(i),
          text(p.label),
          text(rows.filter((row) => row.point === i).length),
        ]),
        'settings',
      )}`,
  };
}
