// Records what the self-test compares with: `npm run record:self-test`, after a change of its inputs.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { computeReference } from './selfTestReference.ts';

const file = resolve(import.meta.dirname, '../../src/worker/selfTestReference.ts');
const { losses, gradients } = await computeReference();
const lines = Object.entries(gradients).map(
  ([name, { norm, sums }]) => `    '${name}': { norm: ${norm}, sums: [${sums.join(', ')}] },`,
);
writeFileSync(
  file,
  `// What the self-test's step gives in stock tfjs on its CPU backend, recorded by \`npm run record:self-test\`.
import type { SelfTestReference } from './selfTest.ts';

export const reference: SelfTestReference = {
  losses: { generator: ${losses.generator}, discriminator: ${losses.discriminator} },
  gradients: {
${lines.join('\n')}
  },
};
`,
);
