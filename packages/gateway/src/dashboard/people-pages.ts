import type { PageDefinition } from './define-page.ts';
import { aiImpactPage } from './pages/ai-impact.ts';
import { briefPage } from './pages/briefs.ts';
import { identityChangePage } from './pages/identity-change.ts';
import { ledgerEntryPage } from './pages/ledger-entry.ts';
import { ledgerPage } from './pages/ledger.ts';
import { peoplePage } from './pages/people.ts';
import { reportsPage } from './pages/reports.ts';
import { searchPage } from './pages/search.ts';
import { settingsPage } from './pages/settings.ts';
import { setupPage } from './pages/setup.ts';
import { signalPage } from './pages/signal.ts';
import { signalsPage } from './pages/signals.ts';
import { sprintPage } from './pages/sprint.ts';
import { todayPage } from './pages/today.ts';

/** Pages about what needs somebody, who is who, and how this installation is set up. */
export const peoplePages: readonly PageDefinition[] = [
  todayPage,
  signalsPage,
  signalPage,
  briefPage,
  reportsPage,
  sprintPage,
  aiImpactPage,
  searchPage,
  peoplePage,
  identityChangePage,
  ledgerPage,
  ledgerEntryPage,
  settingsPage,
  setupPage,
];
