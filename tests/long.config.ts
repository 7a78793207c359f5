// The configuration of `npm run test:long`: all tests, in their long form.
process.env.GANVAS_LONG = 'yes';
export default (await import('../vitest.config.ts')).default;
