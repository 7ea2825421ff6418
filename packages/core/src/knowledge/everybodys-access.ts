import type { SearchAccess } from '../search/search-index.ts';

/** What is found here is the workspace's: documents, pull requests and work items are nobody's own. */
export const everybodysAccess: SearchAccess = { personId: null, teamIds: [], seesEveryTeam: false };
