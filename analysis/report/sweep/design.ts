import { counted } from '../../figures/say.js';
import { detectableEffect } from '../../statistics/detectable-effect.js';
import type { SweepData } from '../../sweep/sweep-data.js';
import { html, table, text, type Html, type Section } from '../html.js';

/** Points that the page shows without being asked. */
const shownPoints = 16;

const seenText = (n: number): string =>
  n < 2
    ? 'One replication says nothing of how a point’s own figures would vary over seeds.'
    : `With that many replications a paired effect of ${detectableEffect(n).toFixed(2)} standard deviations of the difference is seen four times out of five.`;

function pointsTable({ plan, rows }: SweepData): Html {
  const all = table(
    ['Point', 'Setting', 'Runs'],
    plan.points.map((p, i) => [text(i), text(p.label), text(rows.filter((row) => row.point === i).length)]),
    'settings',
  );
  return plan.points.length <= shownPoints
    ? all
    : html`<details>
        <summary>${text(counted(plan.points.length, 'point'))}</summary>
        ${all}
      </details>`;
}

/** What the sweep asked, and how much it could see. */
export function designSection(sweep: SweepData, failed: number): Section {
  const { plan, rows } = sweep;
  const wanted = plan.points.length * plan.replications;
  return {
    id: 'design',
    title: 'Question and design',
    body: html`<p class="question">${text(plan.question || 'The design states no question.')}</p>
      <p>
        ${text(counted(plan.points.length, 'point'))} (${text(plan.design)}), each with the same
        ${text(counted(plan.replications, 'seed'))}: ${text(rows.length)} of ${text(wanted)} runs are
        here${text(failed > 0 ? `, ${failed} failed (failures.jsonl says why) and are left out` : '')}.
        ${text(seenText(plan.replications))}
      </p>
      ${pointsTable(sweep)}`,
  };
}
