import type { PageDefinition } from './define-page.ts';
import { todayPage } from './pages/today.ts';

/** Pages about what needs somebody, who is who, and how this installation is set up. */
export const peoplePages: readonly PageDefinition[] = [todayPage];
