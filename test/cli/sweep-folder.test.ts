import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openSweep, readPlan } from '../../cli/sweep/folder.js';
import type { PlannedSweep } from '../../cli/sweep/plan.js';
import { refusal } from '../refusal.js';

const planned = (name: string): PlannedSweep =>
  ({ plan: { name }, scenarios: [], provenance: null }) as never;

describe('a sweep’s folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'herdscope-sweep-'));
  after(() => rmSync(folder, { recursive: true }));

  it('opens again for the same plan, and refuses another without touching the first', () => {
    openSweep(folder, planned('one'));
    openSweep(folder, planned('one'));
    const before = readFileSync(join(folder, 'plan.json'), 'utf8');
    expect(refusal(() => openSweep(folder, planned('two')))).to.equal(
      `${folder} holds another sweep: two sweeps cannot share a folder`,
    );
    expect(readFileSync(join(folder, 'plan.json'), 'utf8')).to.equal(before);
    expect(readPlan(folder).plan.name).to.equal('one');
  });

  it('is not a sweep without a plan', () => {
    expect(refusal(() => readPlan(join(folder, 'runs')))).to.include('it has no plan.json');
  });
});
