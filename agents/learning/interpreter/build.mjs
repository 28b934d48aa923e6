// Compiles the interpreter to WebAssembly and writes its bytes as a module, so that nobody needs a compiler to run.
//   node agents/learning/interpreter/build.mjs           writes bytes.ts
//   node agents/learning/interpreter/build.mjs --check   recompiles and fails unless bytes.ts is what the source gives
import { Buffer } from 'node:buffer';
import console from 'node:console';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const here = dirname(fileURLToPath(import.meta.url));

/** Bytes of an assembly module beside this file. Relaxed SIMD stays off: its bits differ between machines. */
export async function compile(name) {
  const out = {};
  const { error, stderr } = await asc.main(
    [
      `${name}.ts`,
      '--outFile',
      'module.wasm',
      '--runtime',
      'stub',
      '--optimizeLevel',
      '3',
      '--enable',
      'simd',
      '--noAssert',
      '--use',
      'abort=',
      '--maximumMemory',
      '65536',
    ],
    {
      readFile: (file, base) => {
        try {
          return readFileSync(join(here, 'assembly', base === '.' ? file : join(base, file)), 'utf8');
        } catch {
          return null;
        }
      },
      writeFile: (file, contents) => {
        out[file] = contents;
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  return out['module.wasm'];
}

function moduleOf(bytes) {
  const lines = Buffer.from(bytes)
    .toString('base64')
    .match(/.{1,100}/g);
  const body = lines.map((line) => `  '${line}'`).join(' +\n');
  return `/** The compiled interpreter, base64. Made by build.mjs from assembly/: do not edit. */\nexport const bytes =\n${body};\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const target = join(here, 'bytes.ts');
  const made = moduleOf(await compile('index'));
  if (process.argv.includes('--check')) {
    if (readFileSync(target, 'utf8') !== made) {
      console.error('bytes.ts is not what assembly/ compiles to: run npm run build:wasm');
      process.exit(1);
    }
    console.log('bytes.ts matches assembly/');
  } else {
    writeFileSync(target, made);
    console.log(`wrote ${target}`);
  }
}
