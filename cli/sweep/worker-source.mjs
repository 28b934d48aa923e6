// What a worker process runs in a checkout: it does not inherit the loader of the process that starts it.
import { register } from 'tsx/esm/api';

register();
await import('./worker-entry.ts');
