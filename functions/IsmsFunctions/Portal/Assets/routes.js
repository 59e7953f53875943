// Where one can go. Pages are loaded when they are asked for.

const page = (pattern, nav, file, name) => ({ pattern: pattern.split('/').filter(Boolean), nav, load: async () => (await import(`./pages/${file}.js`))[name] });

const routes = [
  page('/', 'overview', 'overview', 'overview'),
  page('/plan', 'plan', 'plan', 'plan'),
  page('/plan/:id', 'plan', 'plan', 'planItem'),
  page('/audits', 'audits', 'audits', 'audits'),
  page('/audits/:id', 'audits', 'audit', 'audit'),
  page('/actions', 'actions', 'actions', 'actions'),
  page('/actions/:id', 'actions', 'actions', 'action'),
  page('/evidence', 'evidence', 'evidence', 'evidenceList'),
  page('/evidence/:id', 'evidence', 'evidence', 'evidenceItem'),
  page('/coverage', 'coverage', 'coverage', 'coverage'),
  page('/clauses/:id', 'coverage', 'coverage', 'clause'),
  page('/coverage/:id', 'coverage', 'coverage', 'control'),
  page('/collectors', 'collectors', 'collectors', 'collectors'),
  page('/incidents', 'incidents', 'incidents', 'incidents'),
  page('/incidents/:id', 'incidents', 'incidents', 'incident'),
  page('/reviews', 'reviews', 'reviews', 'reviews'),
  page('/reviews/:id', 'reviews', 'reviews', 'review'),
  page('/registers', 'registers', 'registers', 'registers'),
  page('/registers/:name', 'registers', 'registers', 'register'),
  page('/registers/:name/:id', 'registers', 'registers', 'entry'),
  page('/kpis', 'kpis', 'kpis', 'kpis'),
  page('/training', 'training', 'training', 'trainings'),
  page('/training/:id', 'training', 'training', 'training'),
  page('/access', 'access', 'access', 'accessReviews'),
  page('/access/:id', 'access', 'access', 'accessReview'),
  page('/access/:id/:sheet', 'access', 'access', 'accessSheet'),
  page('/collectors/:name', 'collectors', 'collectors', 'calendar'),
  page('/programme', 'programme', 'programme', 'programme'),
  page('/certification', 'certification', 'certification', 'certification'),
  page('/certification/:id', 'certification', 'certification', 'certificationAudit'),
  page('/spot-checks', 'spotChecks', 'spot-checks', 'spotChecks'),
  page('/spot-checks/:id', 'spotChecks', 'spot-checks', 'spotCheck'),
  page('/retention', 'retention', 'retention', 'retention'),
  page('/retention/:id', 'retention', 'retention', 'disposal'),
  page('/packs', 'packs', 'packs', 'packs'),
  page('/mails', 'mails', 'mails', 'mails'),
  page('/settings', 'settings', 'settings', 'settings'),
  page('/setup', 'setup', 'settings', 'setup'),
];

export const groups = [
  { links: [{ page: 'overview', href: '#/', needs: ['ListYears'] }] },
  {
    title: 'nav.work',
    links: [
      { page: 'plan', href: '#/plan', needs: ['GetYear'] },
      { page: 'audits', href: '#/audits', needs: ['ListAudits'] },
      { page: 'programme', href: '#/programme', needs: ['GetAuditProgramme'] },
      { page: 'actions', href: '#/actions', needs: ['ListCorrectiveActions'] },
      { page: 'incidents', href: '#/incidents', needs: ['ListIncidents'] },
      { page: 'reviews', href: '#/reviews', needs: ['ListMeetings'] },
      { page: 'certification', href: '#/certification', needs: ['GetCertification'] },
      { page: 'access', href: '#/access', needs: ['ListAccessReviews'] },
      { page: 'training', href: '#/training', needs: ['ListTrainings'] },
    ],
  },
  {
    title: 'nav.records',
    links: [
      { page: 'evidence', href: '#/evidence', needs: ['ListEvidence'] },
      { page: 'packs', href: '#/packs', needs: ['ListPacks'] },
      { page: 'coverage', href: '#/coverage', needs: ['GetStatementOfApplicability'] },
      { page: 'spotChecks', href: '#/spot-checks', needs: ['ListSpotChecks'] },
      { page: 'retention', href: '#/retention', needs: ['ListLegalHolds'] },
      { page: 'registers', href: '#/registers', needs: ['ListRegisters'] },
      { page: 'kpis', href: '#/kpis', needs: ['ListKpis'] },
    ],
  },
  {
    title: 'nav.system',
    links: [
      { page: 'collectors', href: '#/collectors', needs: ['ListCollectors'] },
      { page: 'mails', href: '#/mails', needs: ['ListNotifications'] },
      { page: 'settings', href: '#/settings', needs: ['GetOrganization'] },
      { page: 'setup', href: '#/setup', needs: ['PutOrganization'] },
    ],
  },
];

export function routeOf(path) {
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  for (const route of routes) {
    if (route.pattern.length !== parts.length) continue;
    const params = {};
    if (route.pattern.every((p, index) => (p.startsWith(':') ? (params[p.slice(1)] = parts[index]) || true : p === parts[index]))) return { route, params };
  }
  return { route: undefined, params: {} };
}
