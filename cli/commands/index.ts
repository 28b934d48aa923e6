import { listed } from '../command.js';

/** What `herdscope --help` lists, in its order; a command's own file is loaded when it is called. */
export const commands = [
  listed(
    'run [scenario]',
    'Simulate a scenario and write its record and report',
    async () => (await import('./run.js')).runCommand,
  ),
  listed(
    'resume <run>',
    'Carry an unfinished run on from its last checkpoint; the record is the same bytes',
    async () => (await import('./resume.js')).resumeCommand,
  ),
  listed(
    'serve [scenario]',
    'Coordinate a run whose institutions join from other processes or machines',
    async () => (await import('./serve.js')).serveCommand,
  ),
  listed(
    'gateway',
    'Let hosts in for a coordinator elsewhere, by way of Redis',
    async () => (await import('./gateway.js')).gatewayCommand,
  ),
  listed(
    'join <url>',
    'Run institutions of a scenario that a coordinator serves',
    async () => (await import('./join.js')).joinCommand,
  ),
  listed(
    'validate [scenario]',
    'Check a scenario and say everything that is wrong with it',
    async () => (await import('./validate.js')).validateCommand,
  ),
  listed(
    'schema',
    'Print the JSON Schema of scenarios, for editors to complete from',
    async () => (await import('./schema.js')).schemaCommand,
  ),
  listed(
    'reproduce <folder>',
    'Run a record’s scenario again, or a sweep’s or study’s runs, and compare every hash',
    async () => (await import('./reproduce.js')).reproduceCommand,
  ),
  listed(
    'export <folder>',
    'Write a run, a sweep or a study as CSV, Parquet, GEXF or an RO-Crate',
    async () => (await import('./export.js')).exportCommand,
  ),
  listed(
    'verify <run>',
    'Check every hash of a record and the chain of its days',
    async () => (await import('./verify.js')).verifyCommand,
  ),
  listed(
    'diff <a> <b>',
    'Say what differs between two runs or two sweeps: settings, measures, the first day',
    async () => (await import('./diff.js')).diffCommand,
  ),
  listed(
    'report <folder>',
    'Write the report of a sweep or of a study’s results anew, or of a run that has none',
    async () => (await import('./report.js')).reportCommand,
  ),
  listed(
    'query <sql> [folders..]',
    'Ask runs and sweeps in SQL, with DuckDB where it is installed',
    async () => (await import('./query.js')).queryCommand,
  ),
  listed('show <run>', 'Print a run’s headline figures', async () => (await import('./show.js')).showCommand),
  listed(
    'sweep',
    'Plan and make many runs of one design: plan, run, resume, status, merge',
    async () => (await import('./sweep.js')).sweepCommand,
  ),
  listed(
    'calibrate [scenario]',
    'Fit impact, depth, reversion, learning rate and homogeneity to a price series',
    async () => (await import('./calibrate.js')).calibrateCommand,
  ),
  listed(
    'realism [scenario]',
    'Score a scenario’s market against eleven stylized facts, on held-out seeds',
    async () => (await import('./realism.js')).realismCommand,
  ),
  listed(
    'measure [name] [file]',
    'Compute a measure on your own data (JSON in, JSON out)',
    async () => (await import('./measure.js')).measureCommand,
  ),
  listed(
    'models',
    'List the architectures: parameters, FLOPs, interpretability, uncertainty, paper',
    async () => (await import('./models.js')).modelsCommand,
  ),
  listed(
    'allocate <prices>',
    'Walk allocation strategies forward through your own prices, or a run’s, and compare them',
    async () => (await import('./allocate.js')).allocateCommand,
  ),
  listed(
    'stress <book>',
    'Stress-test your own balance sheets: losses and defaults by channel of contagion',
    async () => (await import('./stress.js')).stressCommand,
  ),
  listed(
    'contagion <study>',
    'Run a study of contagion on balance sheets, yours or the shipped synthetic ones',
    async () => (await import('./contagion.js')).contagionCommand,
  ),
  listed(
    'graph <run>',
    'Write a run’s contagion graph as GEXF, GraphML, CSV or a timeline, or say what it looks like',
    async () => (await import('./graph.js')).graphCommand,
  ),
  listed(
    'early-warning <runs..>',
    'Whether stress indicators rise before crises, on seeds that they were not fitted on',
    async () => (await import('./early-warning.js')).earlyWarningCommand,
  ),
  listed(
    'doctor',
    'Say what this machine offers: engine, SIMD, threads, optional packages',
    async () => (await import('./doctor.js')).doctorCommand,
  ),
];
