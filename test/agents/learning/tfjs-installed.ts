import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadTfjs, type Tfjs, type TfLayersModel, type TfTensor } from '../../../agents/learning/tfjs.js';

const version = '4.22.0';
const prefix = join(tmpdir(), `herdscope-tfjs-${version}`);
const installed = join(prefix, 'node_modules/@tensorflow/tfjs/package.json');
const complete = join(prefix, 'complete');

/** What tests use of tfjs beyond what the adapter does. */
export interface FullTfjs extends Tfjs {
  readonly layers: Readonly<Record<'dense' | 'lstm' | 'dropout' | 'flatten', (config: object) => unknown>>;
  sequential(config: { readonly layers: readonly unknown[] }): TfLayersModel & {
    save(handler: unknown): Promise<unknown>;
  };
  input(config: object): unknown;
  model(config: object): TfLayersModel & { save(handler: unknown): Promise<unknown> };
  readonly io: Tfjs['io'] & { withSaveHandler(save: (artifacts: SavedModel) => Promise<object>): unknown };
  grads(f: (...xs: TfTensor[]) => TfTensor): (xs: readonly TfTensor[]) => readonly TfTensor[];
  matMul(a: TfTensor, b: TfTensor, transposeA?: boolean, transposeB?: boolean): TfTensor;
  relu(a: TfTensor): TfTensor;
  softmax(a: TfTensor, axis: number): TfTensor;
  reshape(a: TfTensor, shape: readonly number[]): TfTensor;
  transpose(a: TfTensor, order: readonly number[]): TfTensor;
  slice(a: TfTensor, begin: readonly number[], size: readonly number[]): TfTensor;
  mean(a: TfTensor, axis: number, keepDims: boolean): TfTensor;
  sqrt(a: TfTensor): TfTensor;
}

export interface SavedModel {
  readonly modelTopology: object;
  readonly weightSpecs: readonly object[];
  readonly weightData: ArrayBuffer;
}

/** tfjs in a prefix of its own, installed once a machine; or why it is not there. */
export async function installedTfjs(): Promise<
  { readonly tf: FullTfjs; readonly prefix: string } | { readonly why: string }
> {
  try {
    if (!existsSync(installed) || !existsSync(complete)) {
      mkdirSync(prefix, { recursive: true });
      const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--no-save', '--loglevel', 'error'];
      const install = ['install', '--prefix', prefix, ...quiet, `@tensorflow/tfjs@${version}`];
      await promisify(execFile)('npm', install, { timeout: 150_000 });
      writeFileSync(complete, '');
    }
    return { tf: (await loadTfjs([prefix])).tf as FullTfjs, prefix };
  } catch (error) {
    return {
      why: `@tensorflow/tfjs could not be installed from npm: ${(error as Error).message.split('\n')[0]!}`,
    };
  }
}

/** Writes a model as tfjs itself would. */
export async function saveTo(
  tf: FullTfjs,
  model: { save(handler: unknown): Promise<unknown> },
  folder: string,
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const handler = tf.io.withSaveHandler(({ modelTopology, weightSpecs, weightData }) => {
    writeFileSync(join(folder, 'weights.bin'), new Uint8Array(weightData));
    const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
    writeFileSync(join(folder, 'model.json'), JSON.stringify({ modelTopology, weightsManifest }));
    return Promise.resolve({});
  });
  await model.save(handler);
  return join(folder, 'model.json');
}
