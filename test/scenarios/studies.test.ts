import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { sweepReportOf } from '../../analysis/report/sweep.js';
import { contrastsOf, effectsOf } from '../../analysis/sweep/effects.js';
import { planSweep } from '../../cli/sweep/plan.js';
import { readSweep } from '../../cli/sweep/read-sweep.js';

interface Expected {
  readonly replications: number;
  readonly runs: number;
  readonly effects: readonly {
    readonly point: string;
    readonly metric: string;
    readonly value: number;
    readonly interval: readonly [number, number];
    readonly holm: number;
  }[];
}

const studies = [
  'monoculture',
  'diversity-mandate',
  'federation',
  'phase-reversal',
  'representation',
  'poisoned-consortium',
] as const;

/** Studies of acts and failures, of which a control without learning would say nothing. */
const studiesOfActs = ['blinded-node', 'poisoned-data', 'commodity-shock'] as const;

const folder = (study: string): string => `scenarios/${study}`;

describe('studies by sweep', function () {
  this.timeout(120_000);

  for (const study of [...studies, ...studiesOfActs]) {
    it(`${study}: the committed table is of this design, whole, and gives the expected figures`, async () => {
      const sweep = await readSweep(folder(study));
      const { points, replications } = sweep.plan;
      const expected = JSON.parse(readFileSync(`${folder(study)}/expected.json`, 'utf8')) as Expected;
      expect(replications).to.be.at.least(30).and.to.equal(expected.replications);
      expect(sweep.rows)
        .to.have.length(points.length * replications)
        .and.length.at.most(400);
      expect(sweep.rows).to.have.length(expected.runs);
      expect(points.map(({ label }) => label)).to.deep.equal(
        planSweep(`${folder(study)}/design.yaml`).plan.points.map(({ label }) => label),
      );
      const found = effectsOf(sweep).filter(({ n }) => n > 0);
      expect(found).to.have.length(expected.effects.length);
      for (const [i, { label, metric, value, interval, holm }] of found.entries()) {
        const stated = expected.effects[i]!;
        expect([label, metric]).to.deep.equal([stated.point, stated.metric]);
        expect(value).to.be.closeTo(stated.value, 1e-12);
        expect(interval![0]).to.be.closeTo(stated.interval[0], 1e-9);
        expect(interval![1]).to.be.closeTo(stated.interval[1], 1e-9);
        expect(holm).to.be.closeTo(stated.holm, 1e-9);
      }
    });

    it(`${study}: its README has every contrast`, () => {
      const { plan } = planSweep(`${folder(study)}/design.yaml`);
      const readme = readFileSync(`${folder(study)}/README.md`, 'utf8');
      for (const { label } of contrastsOf(plan)) expect(readme).to.include(`| ${label}`);
    });
  }

  for (const study of studies)
    it(`${study}: has a control without learning, and skill and turnover beside every effect`, () => {
      const { plan } = planSweep(`${folder(study)}/design.yaml`);
      const readme = readFileSync(`${folder(study)}/README.md`, 'utf8');
      expect(
        plan.points.some(({ label }) => label === 'no learning') || study === 'poisoned-consortium',
      ).to.equal(true);
      expect(readme).to.include('informationCoefficient').and.to.include('turnover');
      expect(plan.metrics).to.include.members(['informationCoefficient', 'turnover']);
    });

  for (const study of studies.filter((name) => name !== 'monoculture'))
    it(`${study}: its README shows the figure that the committed table gives`, async () => {
      const { files } = await sweepReportOf(await readSweep(folder(study)), 0);
      expect(readFileSync(`${folder(study)}/effects.svg`, 'utf8')).to.equal(files.get('figures/effects.svg'));
      expect(readFileSync(`${folder(study)}/README.md`, 'utf8')).to.include('](effects.svg)');
    });
});
