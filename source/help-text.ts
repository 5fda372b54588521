import { MACHINE_ACTIONS } from './rules/machine-action.ts'
import { SCENARIO_LINES } from './simulator/scenarios/scenario-names.ts'

const SCENARIOS = Object.entries(SCENARIO_LINES)
  .map(([name, line]) => `  ${name.padEnd(20)}${line}`)
  .join('\n')

/** What `--help` prints. */
export const HELP = `
Usage
  swarmtop [--host URL]... [--context NAME] dashboard on a swarm; several hosts: managers to fall over to
  swarmtop --simulate [SCENARIO|FILE]       dashboard on the simulator that comes with it
  swarmtop status [--json]                  one reading, printed
  swarmtop simulate [SCENARIO|FILE] --listen DIR
                                            the simulator alone, until Ctrl+C: prints MACHINE unix://DIR/MACHINE.sock
                                            for each machine, then ready; docker -H takes these, and so does --host
  swarmtop machine ${MACHINE_ACTIONS.join('|')} NAME --listen DIR
                                            does that to a machine of the simulation that has its sockets in DIR
  swarmtop machine list --listen DIR        its machines

Where the swarm is, is found as the docker CLI finds it: --host, --context, DOCKER_HOST, DOCKER_CONTEXT, the current
context. Hosts are unix://, tcp:// (with DOCKER_TLS_VERIFY and DOCKER_CERT_PATH) or ssh:// URLs. A scenario is the name
of one that comes along (quiet-day, unless told) or a YAML file: it has a / in its name, or ends in .yaml or .yml.

Options
  --host, -H URL      a manager's engine; may be given several times
  --context, -c NAME  a docker context
  --simulate NAME     a scenario of the simulator, or a file
  --listen DIR        where the sockets of a simulation are; made for nobody but you if it is missing
  --seed N            the simulator's chance (default 1)
  --speed X           the simulator's time against real time, 0.01 to 1000 (default 1)
  --interval SECONDS  between two readings, 0.1 to 3600 (default 1)
  --read-only         refuse every operation
  --ascii             no characters beyond ASCII; so it is too where the locale is not UTF-8 (LC_ALL, LC_CTYPE, LANG)
  --no-color          no colours (also NO_COLOR)
  --json              with status: for scripts
  --print-config      print what would be used, with the configuration, and end
  --help, --version

The configuration, which the readme describes, is swarmtop/config.yaml in $XDG_CONFIG_HOME, or else in ~/.config.

Scenarios
${SCENARIOS}

Exit codes of status
  0 nothing is wrong   1 something is   2 no quorum, or a service has nothing running   3 no reading
Exit codes of machine
  0 it is done   1 refused, for the reason printed   66 no simulation runs in DIR
`
