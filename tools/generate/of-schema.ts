/** What is generated from lib/schema alone, and the version. */
import { eventList, wireHeader } from './c.js';
import { checkSchema } from './check.js';
import { caseFoldHeader } from './case-fold.js';
import { schemaHeader } from './cpp.js';
import { eventsSchema } from './events-schema.js';
import { eventsPage } from './markdown.js';
import { optionsModule, settingsModule } from './options.js';
import { planHeader, planModule } from './plan.js';
import { processRecordModule } from './process-record.js';
import { decodersModule, eventsModule } from './ts.js';
import { extraModule, tablesModule } from './tables.js';
import { versionModule } from './version.js';

checkSchema();

export const outputs: Readonly<Record<string, (current: string) => string>> = {
  'bpf/wire.gen.h': wireHeader,
  'bpf/events.gen.h': eventList,
  'native/core/schema.gen.h': schemaHeader,
  'native/core/rules/case_fold.gen.h': caseFoldHeader,
  'native/core/rules/plan.gen.h': planHeader,
  'lib/config/plan.gen.ts': planModule,
  'lib/schema/events.gen.ts': eventsModule,
  'lib/schema/tables.gen.ts': tablesModule,
  'lib/schema/events.schema.json': eventsSchema,
  'lib/schema/settings.gen.ts': settingsModule,
  'lib/sensor/options.gen.ts': optionsModule,
  'lib/base/version.gen.ts': versionModule,
  'lib/event/process-record.gen.ts': processRecordModule,
  'lib/event/extra.gen.ts': extraModule,
  'lib/source/decoders.gen.ts': decodersModule,
  'docs/events.md': eventsPage,
};
