// Records what the self-test compares with: `npm run record:self-test`, after a change of its inputs.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { GradientDigest } from '../../src/worker/device/selfTestSteps.ts';
import { computeReferences } from './selfTestReference.ts';

const file = resolve(import.meta.dirname, '../../src/worker/device/selfTestReference.ts');
const written = ({ norm, sums }: GradientDigest) => `{ norm: ${norm}, sums: [${sums.join(', ')}] }`;
const steps = Object.entries(await computeReferences()).map(([step, { losses, gradients, images }]) =>
  [
    `  ${step}: {`,
    `    losses: { generator: ${losses.generator}, discriminator: ${losses.discriminator} },`,
    '    gradients: {',
    ...Object.entries(gradients).map(([name, gradient]) => `      '${name}': ${written(gradient)},`),
    '    },',
    `    images: ${written(images)},`,
    '  },',
  ].join('\n'),
);
writeFileSync(
  file,
  `// What the self-test's steps give in stock tfjs on its CPU backend, recorded by \`npm run record:self-test\`.
import type { SelfTestReference, SelfTestStep } from './selfTestSteps.ts';

export const references: Readonly<Record<SelfTestStep, SelfTestReference>> = {
${steps.join('\n')}
};
`,
);
