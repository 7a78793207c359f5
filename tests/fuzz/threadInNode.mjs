// Starts the fuzzer's thread: a thread of Node reads TypeScript only once it has been told how.
import { register } from 'tsx/esm/api';

register();
await import('./thread.ts');
