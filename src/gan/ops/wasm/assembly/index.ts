// What the compiled module gives to JavaScript: a job for all threads, and a helper's loop.
export { help, runJob } from './jobs';
