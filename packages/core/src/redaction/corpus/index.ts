export type { CorpusCase } from './corpus-case.ts';
export { negatives } from './negatives.ts';
export { personalData } from './personal-data.ts';
export { personalDataByMeaning } from './personal-data-by-label.ts';
export { secrets } from './secrets.ts';
export { secretsByMeaning } from './secrets-by-meaning.ts';
export { heldOutNegatives } from './negatives-held-out.ts';
export { heldOutSecrets } from './secrets-held-out.ts';
