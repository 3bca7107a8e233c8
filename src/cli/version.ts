import { createRequire } from 'node:module';

/** Version of this program, from its package.json; `src/cli` and `dist/cli` are equally deep. */
export const version: string = createRequire(import.meta.url)('../../package.json').version;
