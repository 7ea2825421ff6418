import type { AnyRoute } from './define-route.ts';
import { projectRoutes } from './routes/projects.ts';

/** Every route under `/v1`; what is not in it is answered with 404, and stands in no document. */
export const allRoutes: readonly AnyRoute[] = [...projectRoutes];
