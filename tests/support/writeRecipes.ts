// `npm run hosting`: writes the headers of src/hosting/policy.ts into docs/hosting, in the words of each host.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { recipes } from '../../src/hosting/recipes.ts';

const folder = resolve(import.meta.dirname, '../../docs/hosting');
for (const [name, text] of Object.entries(recipes)) {
  writeFileSync(join(folder, name), text);
  console.log(`docs/hosting/${name}`);
}
