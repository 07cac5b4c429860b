import { byBacklog } from './steps/by-backlog.ts';
import { byProcessors } from './steps/by-processors.ts';
import { commands } from './steps/commands/commands.ts';
import { conform } from './steps/conform.ts';
import { connections } from './steps/connections.ts';
import { cutOff } from './steps/cut-off.ts';
import { disaster } from './steps/disaster.ts';
import { doors } from './steps/doors.ts';
import { earlier } from './steps/earlier.ts';
import { faults } from './steps/faults.ts';
import { gates } from './steps/gates.ts';
import { hostile } from './steps/hostile.ts';
import { install } from './steps/install.ts';
import { load } from './steps/load.ts';
import { moving } from './steps/moving.ts';
import { plain } from './steps/plain.ts';
import { policies } from './steps/policies.ts';
import { rotations } from './steps/rotations.ts';
import { scaling } from './steps/scaling.ts';
import { scripts } from './steps/scripts.ts';
import { uninstall, upgrades } from './steps/upgrades.ts';
import { wall } from './steps/wall.ts';

// What needs none comes first.
conform();
gates();
// One cluster and one release: each step stands on what the one before left.
install();
policies();
doors();
wall();
hostile();
faults();
cutOff();
scaling();
byProcessors();
byBacklog();
scripts();
commands();
load();
upgrades();
connections();
rotations();
uninstall();
// Another one, from nothing.
earlier();
moving();
// And one without Helm.
plain();
// Last, what is left once all is lost.
disaster();
