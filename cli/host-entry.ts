import { parentPort } from 'node:worker_threads';
import { createHost } from '../agents/host.js';
import { answerThread } from '../coordinator/transport/threads.js';

// What a worker thread runs: one host, answering the thread that started it.
if (!parentPort) throw new Error('host-entry runs in a worker thread only');
answerThread(parentPort, createHost());
