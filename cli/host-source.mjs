// What a worker thread runs in a checkout: it does not inherit the loader of the thread that starts it.
import { register } from 'tsx/esm/api';

register();
await import('./host-entry.ts');
