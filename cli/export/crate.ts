import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { completeManifest } from '../commands/verify.js';
import { filesBelow } from '../files-below.js';
import { packageRoot, packageVersion } from '../package.js';
import { readFailures } from '../sweep/failures.js';
import { planSweep, planText } from '../sweep/plan.js';
import { readSweep } from '../sweep/read-sweep.js';
import { entityOf, type Entity } from './crate-entities.js';
import type { Exported, Exporter, ExportOptions, Source } from './exporter.js';

/** Name, description and day of what a crate holds, and its files. */
interface Content {
  readonly name: string;
  readonly description: string;
  readonly published: string;
  readonly files: Exported;
}

const read = (folder: string, file: string): readonly [string, Uint8Array] => [
  file,
  readFileSync(join(folder, file)),
];

function ofRun(folder: string): Content {
  const manifest = completeManifest(folder);
  return {
    name: basename(resolve(folder)),
    description: `Record of the scenario ${manifest.name} under seed ${manifest.seed}, run by Herdscope ${manifest.versions.herdscope}; the hash of its last day is ${manifest.chain ?? 'none'}.`,
    published: manifest.wallClock.started.slice(0, 10),
    files: new Map([...Object.keys(manifest.files), 'manifest.json'].map((file) => read(folder, file))),
  };
}

/** What a study's folder leaves to be made: its plan, with every scenario written out, and its report with figures. */
async function made(folder: string, there: ReadonlySet<string>): Promise<Exported> {
  const design = join(folder, 'design.yaml');
  const plan: readonly (readonly [string, string])[] =
    there.has('plan.json') || !existsSync(design) ? [] : [['plan.json', planText(planSweep(design))]];
  if (there.has('report.html')) return new Map(plan);
  // Drawing libraries are slow to load: only who draws waits for them.
  const { sweepReportOf } = await import('../../analysis/report/sweep.js');
  const { files } = await sweepReportOf(await readSweep(folder), readFailures(folder).length);
  return new Map([...plan, ...files]);
}

/** Of a sweep's folder: all but its runs, which its table names with their hashes, and its lock. */
async function ofSweep(folder: string): Promise<Content> {
  const there = filesBelow(folder).filter((file) => !file.startsWith('runs/') && file !== 'sweep.lock');
  const name = basename(resolve(folder));
  return {
    name,
    description: `The sweep or study ${name}: its design, one row a run with the run's hash, effects and figures. herdscope reproduce makes its runs again.`,
    published: new Date().toISOString().slice(0, 10),
    files: new Map([...there.map((file) => read(folder, file)), ...(await made(folder, new Set(there)))]),
  };
}

const kinds = { run: (folder: string) => Promise.resolve(ofRun(folder)), sweep: ofSweep } satisfies Record<
  Source['kind'],
  (folder: string) => Promise<Content>
>;

const licenseAddress = (license: string): string =>
  license.includes('://') ? license : `https://spdx.org/licenses/${license}`;

const software: Entity = {
  '@id': '#herdscope',
  '@type': 'SoftwareApplication',
  name: 'Herdscope',
  softwareVersion: packageVersion,
};

/** The metadata of RO-Crate 1.1: the descriptor, the root, the software, and every file with its hash. */
function metadata({ name, description, published }: Content, files: Exported, license: string): string {
  const parts = [...files].map(([path, content]) => entityOf(path, content));
  const root: Entity = {
    '@id': './',
    '@type': 'Dataset',
    name,
    description,
    datePublished: published,
    license: { '@id': licenseAddress(license) },
    creator: { '@id': '#herdscope' },
    hasPart: parts.map(({ '@id': id }) => ({ '@id': id })),
    mentions: [{ '@id': '#making' }],
  };
  const making: Entity = {
    '@id': '#making',
    '@type': 'CreateAction',
    name: `How ${name} was made`,
    instrument: { '@id': '#herdscope' },
    object: parts
      .filter(({ '@id': id }) => /^(resolved\.json|plan\.json|.*\.ya?ml)$/.test(id))
      .map(({ '@id': id }) => ({ '@id': id })),
    result: { '@id': './' },
  };
  const descriptor: Entity = {
    '@id': 'ro-crate-metadata.json',
    '@type': 'CreativeWork',
    conformsTo: { '@id': 'https://w3id.org/ro/crate/1.1' },
    about: { '@id': './' },
  };
  const terms: Entity = { '@id': licenseAddress(license), '@type': 'CreativeWork', name: license };
  const graph = [descriptor, root, software, making, terms, ...parts];
  return `${JSON.stringify({ '@context': 'https://w3id.org/ro/crate/1.1/context', '@graph': graph }, null, 2)}\n`;
}

/** The citation of the software, beside what was made with it. */
const citation = (files: Exported): readonly (readonly [string, Uint8Array])[] =>
  files.has('CITATION.cff') || !existsSync(join(packageRoot, 'CITATION.cff'))
    ? []
    : [read(packageRoot, 'CITATION.cff')];

export const crate: Exporter = {
  summary: 'an RO-Crate: scenario or design, record, hashes, figures and how to cite it',
  async export({ folder, kind }, { license }: ExportOptions) {
    const content = await kinds[kind](folder);
    const files = new Map([...content.files, ...citation(content.files)]);
    return new Map([...files, ['ro-crate-metadata.json', metadata(content, files, license)]]);
  },
};
