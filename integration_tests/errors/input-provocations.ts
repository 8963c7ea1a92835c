import { parseConfig } from '../../src/config/config.ts';
import type { CONFIG_ERRORS } from '../../src/config/config-errors.ts';
import { parseConfiguredCatalog } from '../../src/protocol/catalog.ts';
import type { INPUT_ERRORS } from '../../src/protocol/input-errors.ts';
import { outputError } from '../../src/protocol/reader-gone.ts';
import { parseInputState } from '../../src/protocol/state.ts';
import type { Provocations } from './provocation.ts';

export const inputProvocations: Provocations<typeof CONFIG_ERRORS & typeof INPUT_ERRORS> = {
  config_invalid: () => parseConfig({}),
  catalog_invalid: () => parseConfiguredCatalog({}),
  catalog_not_configured: () => parseConfiguredCatalog({ type: 'CATALOG', catalog: {} }),
  sync_mode_unknown: () => {
    const { streams } = parseConfiguredCatalog({ streams: [{ stream: { name: 'x' }, sync_mode: 'cdc' }] });
    return streams.map((stream) => (stream.kind === 'invalid' ? stream.error : undefined))[0];
  },
  state_invalid: () => parseInputState(7),
  output_failed: () => outputError(Object.assign(new Error('no space'), { code: 'ENOSPC' })),
};
