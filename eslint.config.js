// The house rules: who may import whom, what may touch files and clocks, whose bits are portable.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Import walls, by folder: what each may not import (docs/architecture.md). */
const walls = {
  core: ['market', 'agents', 'coordinator', 'analysis', 'cli'],
  market: ['agents', 'coordinator', 'analysis', 'cli'],
  agents: ['market', 'coordinator', 'analysis', 'cli'],
  coordinator: ['agents', 'analysis', 'cli'],
  analysis: ['agents', 'coordinator', 'cli'],
};

const portableOnly = [
  'exp',
  'expm1',
  'log',
  'log1p',
  'log2',
  'log10',
  'pow',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'atan2',
  'sinh',
  'cosh',
  'tanh',
  'asinh',
  'acosh',
  'atanh',
  'cbrt',
  'hypot',
].map((property) => ({
  object: 'Math',
  property,
  message: 'Its last bits differ between engines: use core/numeric.ts.',
}));

const addressedOnly = [
  { object: 'Math', property: 'random', message: 'Randomness is addressed: use core/random.ts.' },
  { object: 'Date', property: 'now', message: 'Logical time only: clocks live in cli/.' },
  { object: 'performance', property: 'now', message: 'Logical time only: clocks live in cli/.' },
];

const files = [
  'node:fs',
  'node:fs/promises',
  'node:path',
  'node:os',
  'node:child_process',
  'node:worker_threads',
  'fs',
  'path',
];
const sockets = ['socket.io', 'socket.io-client', 'ws', 'node:net', 'node:http', 'node:https'];

const wall = (folder) => ({
  files: [`${folder}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...walls[folder].map((other) => ({
            group: [
              `**/${other}/**`,
              ...(folder === 'analysis' && other === 'market' ? ['!**/market/contagion/**'] : []),
            ],
            message: `${folder}/ may not import ${other}/ (docs/architecture.md).`,
          })),
          ...(folder === 'analysis'
            ? [{ regex: '/market/(?!contagion/)', message: 'analysis/ sees market/contagion only.' }]
            : []),
          { group: files, message: 'Files, clocks and threads live in cli/, which injects them.' },
          { group: ['@tensorflow/*'], message: 'tfjs lives in agents/learning/tfjs.ts.' },
          { group: sockets, message: 'Sockets live in transport/, client.ts, server.ts and feed.ts.' },
        ],
      },
    ],
    'no-restricted-globals': ['error', 'Date', 'performance', 'setInterval'],
  },
});

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      'runs/',
      'coverage/',
      'agents/learning/interpreter/assembly/',
      'agents/learning/interpreter/bytes.ts',
      'analysis/dashboard/app/',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'prefer-const': 'error',
      'no-param-reassign': 'off',
      'no-restricted-properties': ['error', ...portableOnly, ...addressedOnly],
      'no-restricted-syntax': [
        'error',
        {
          selector: "BinaryExpression[operator='**']:not([right.type='Literal'])",
          message: 'Powers by a non-literal are not portable: use pow of core/numeric.ts.',
        },
        {
          selector: "BinaryExpression[operator='**'][right.raw=/\\./]",
          message: 'Non-integer powers are not portable: use pow of core/numeric.ts.',
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  ...Object.keys(walls).map(wall),
  {
    files: [
      'coordinator/transport/**/*.ts',
      'coordinator/server.ts',
      'coordinator/server/**/*.ts',
      'coordinator/feed.ts',
      'agents/client.ts',
      'agents/learning/tfjs.ts',
    ],
    rules: { 'no-restricted-imports': 'off', 'no-restricted-globals': 'off' },
  },
  {
    files: ['cli/**/*.ts', 'bench/**/*.ts', 'test/**/*.ts'],
    rules: { 'no-restricted-properties': ['error', ...portableOnly] },
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-unused-expressions': 'off', 'no-restricted-properties': 'off' },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    ...tseslint.configs.disableTypeChecked,
  },
);
