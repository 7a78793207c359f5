// The exports of the compiled module: a job for all threads, and a helper's loop. './layout' in these files is no file:
// compile.ts generates it from ../layout.ts.
export { help, runJob } from './jobs';
