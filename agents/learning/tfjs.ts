import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What is used of a tfjs tensor. */
export interface TfTensor {
  readonly shape: readonly (number | null)[];
  dataSync(): Float32Array;
  mul(by: TfTensor | number): TfTensor;
  sub(by: TfTensor | number): TfTensor;
  add(by: TfTensor | number): TfTensor;
  div(by: TfTensor | number): TfTensor;
  square(): TfTensor;
  mean(): TfTensor;
  sum(): TfTensor;
  sign(): TfTensor;
}

/** A weight of a model. */
export interface TfVariable {
  readonly name: string;
  readonly shape: readonly number[];
  readonly trainable: boolean;
  read(): TfTensor;
  /** The variable of the core library behind it, which gradients are taken in. */
  readonly val: TfTensor & { readonly name: string };
}

export type TfShape = readonly (number | null)[];

/** A layer, or a model that serves as one. */
export interface TfLayer {
  readonly weights: readonly { readonly shape: readonly number[] }[];
  /** Where it is used. */
  readonly inboundNodes: readonly {
    readonly inputShapes: readonly TfShape[];
    readonly outputShapes: readonly TfShape[];
  }[];
  readonly layers?: readonly TfLayer[];
  getClassName(): string;
}

export interface TfLayersModel {
  readonly layers: readonly TfLayer[];
  readonly inputs: readonly { readonly name: string; readonly shape: readonly (number | null)[] }[];
  readonly outputs: readonly { readonly name: string; readonly shape: readonly (number | null)[] }[];
  readonly weights: readonly TfVariable[];
  setWeights(values: readonly TfTensor[]): void;
  apply(inputs: TfTensor, options?: { readonly training: boolean }): TfTensor;
}

/** What is used of tfjs, whichever package it comes from. */
export interface Tfjs {
  readonly version: { readonly tfjs: string };
  getBackend(): string;
  ready(): Promise<void>;
  tidy<T>(work: () => T): T;
  tensor(values: Float32Array, shape: readonly number[]): TfTensor;
  grad(f: (x: TfTensor) => TfTensor): (x: TfTensor) => TfTensor;
  variableGrads(
    f: () => TfTensor,
    variables: readonly TfTensor[],
  ): { readonly value: TfTensor; readonly grads: Readonly<Record<string, TfTensor>> };
  loadLayersModel(handler: unknown): Promise<TfLayersModel>;
  readonly io: { fromMemory(artifacts: object): unknown };
}

/** Thrown where a model cannot serve as an architecture, or nothing here can run it. */
export class UnusableModel extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnusableModel';
  }
}

const packages = ['@tensorflow/tfjs-node', '@tensorflow/tfjs'] as const;

/** Where a package is installed, seen from some folders; nothing where none has it. */
function found(name: string, folders: readonly string[]): string | undefined {
  for (const folder of folders)
    try {
      return createRequire(join(folder, 'from-here.js')).resolve(name);
    } catch {
      continue;
    }
  return undefined;
}

const firstLine = (error: unknown): string => (error as Error).message.split('\n')[0]!;

/** tfjs, and what was passed over for it. */
export interface OpenTfjs {
  readonly tf: Tfjs;
  readonly note?: string;
}

async function importTfjs(path: string): Promise<Tfjs> {
  const loaded = (await import(pathToFileURL(path).href)) as { readonly default?: Tfjs } & Tfjs;
  const tf = loaded.default ?? loaded;
  await tf.ready();
  return tf;
}

/** tfjs, native where that is installed and its binding loads, beside Herdscope or in the working directory.
 *
 * @throws {UnusableModel} with the command that installs it, where none is there that loads
 */
export async function loadTfjs(
  folders: readonly string[] = [import.meta.dirname, process.cwd()],
): Promise<OpenTfjs> {
  const failures: string[] = [];
  for (const name of packages) {
    const path = found(name, folders);
    if (path === undefined) continue;
    try {
      const tf = await importTfjs(path);
      return failures.length > 0 ? { tf, note: failures.join('; ') } : { tf };
    } catch (error) {
      failures.push(`${name} is installed and does not load: ${firstLine(error)}`);
    }
  }
  const why = failures.length > 0 ? failures.join('; ') : 'neither is installed';
  throw new UnusableModel(
    `the architecture tfjs needs ${packages.join(' or ')}, and ${why}: npm install ${packages[1]}`,
  );
}

interface ModelFile {
  readonly modelTopology: object;
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly object[];
  }[];
}

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UnusableModel(
      `tfjs: ${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
    );
  }
}

function parse(path: string, text: Buffer): ModelFile {
  try {
    const file = JSON.parse(text.toString()) as Partial<ModelFile>;
    if (file.modelTopology && file.weightsManifest) return file as ModelFile;
  } catch {
    throw new UnusableModel(`tfjs: ${path} is not JSON`);
  }
  throw new UnusableModel(
    `tfjs: ${path} has no modelTopology and weightsManifest: it is not a LayersModel as model.save writes it`,
  );
}

/** A model read from disk, with the hash of its files. */
export interface LoadedModel {
  /** What computes, and with which model. */
  readonly title: string;
  /** What was passed over to compute with. */
  readonly note?: string;
  readonly tf: Tfjs;
  readonly model: TfLayersModel;
  readonly sha256: string;
}

function requireNumbers({ weights }: TfLayersModel): void {
  for (const weight of weights)
    if (!weight.read().dataSync().every(Number.isFinite)) throw new Error(`${weight.name} is not finite`);
}

/** Reads a LayersModel: `model.json` and the weight files that it names, beside it. */
export async function loadLayersModel({ tf, note }: OpenTfjs, path: string): Promise<LoadedModel> {
  const full = resolve(path);
  const text = read(full);
  const { modelTopology, weightsManifest } = parse(path, text);
  const weights = Buffer.concat(
    weightsManifest.flatMap(({ paths }) => paths.map((part) => read(join(dirname(full), part)))),
  );
  const weightData = Uint8Array.from(weights).buffer;
  const weightSpecs = weightsManifest.flatMap((group) => group.weights);
  const sha256 = createHash('sha256').update(text).update(weights).digest('hex');
  try {
    const handler = tf.io.fromMemory({ modelTopology, weightSpecs, weightData });
    const model = await tf.loadLayersModel(handler);
    requireNumbers(model);
    const title = `tfjs ${tf.version.tfjs} (${tf.getBackend()}), model ${sha256.slice(0, 12)}, to rounding`;
    return { tf, model, sha256, title, ...(note !== undefined && { note }) };
  } catch (error) {
    throw new UnusableModel(`tfjs: ${path} cannot be loaded: ${(error as Error).message}`);
  }
}
