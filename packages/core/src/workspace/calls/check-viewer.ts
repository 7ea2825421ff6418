import { viewerSchema } from '../../domain.ts';
import { AdjutantError } from '../../errors.ts';
import { withoutSecrets } from '../../redaction/secrets-only.ts';

/**
 * Returns the viewer as it may be kept. Callers in plain JavaScript can forget it; without one there is
 * no read.
 * @throws AdjutantError `InvalidInput`
 */
export function checkViewer(viewer: unknown) {
  const checked = viewerSchema.safeParse(viewer);
  if (checked.success) {
    const { data } = checked;
    // An assistant names itself, and what it is called stands in the ledger for good.
    return data.kind === 'agent' ? { ...data, name: withoutSecrets(data.name) } : data;
  }
  throw new AdjutantError('InvalidInput', 'A workspace can only be read by somebody.', {
    hint: 'Pass a viewer, for example "await adjutant.owner()".',
  });
}
