import { fieldsIn, LABELS } from './places.ts';

const head = (
  where: string,
): string => `// Written by \`pnpm --filter @transcode/monitoring logs\` from LOG_FIELDS; change the TypeScript, never this file.
// Ships the logs of ${where} to Loki by Grafana Alloy: docs/logs.md. LOKI_URL is Loki's address, such as http://loki:3100.
`;

const PODS = `
discovery.kubernetes "pods" {
	role = "pod"

	namespaces {
		own_namespace = true
	}

	selectors {
		role  = "pod"
		label = "app.kubernetes.io/name=transcode"
	}
}

discovery.relabel "pods" {
	targets = discovery.kubernetes.pods.targets

	// What writes lines of another form, such as a console, has it from here; our lines say it themselves.
	rule {
		source_labels = ["__meta_kubernetes_pod_label_app_kubernetes_io_component"]
		target_label  = "component"
	}

	rule {
		source_labels = ["__meta_kubernetes_namespace"]
		target_label  = "namespace"
	}

	rule {
		source_labels = ["__meta_kubernetes_pod_name"]
		target_label  = "pod"
	}
}

// By the API of Kubernetes: one Alloy a namespace is enough, and it needs nothing of the nodes.
loki.source.kubernetes "pods" {
	targets    = discovery.relabel.pods.output
	forward_to = [loki.process.lines.receiver]
}
`;

const MACHINE = `
local.file_match "logs" {
	path_targets = [{__path__ = sys.env("TRANSCODE_LOGS") + "/*.log"}]
}

discovery.relabel "logs" {
	targets = local.file_match.logs.targets

	// What writes lines of another form, such as Postgres, has it from the file's name; our lines say it themselves.
	rule {
		source_labels = ["__path__"]
		regex         = ".*/([a-z]+)(?:-[0-9]+)?[.]log"
		target_label  = "component"
	}
}

loki.source.file "logs" {
	targets    = discovery.relabel.logs.output
	forward_to = [loki.process.lines.receiver]
}
`;

const WRITE = `
loki.write "loki" {
	endpoint {
		url = sys.env("LOKI_URL") + "/loki/api/v1/push"
	}
}
`;

/** Of pods, by what each writes on its standard output. */
export const podsAlloy = (): string =>
  head('pods') + PODS + process({ labels: [...LABELS, 'namespace'], metadata: ['pod'] }) + WRITE;

/** Of one machine, by the files in `logs/` of the data folder. */
export const machineAlloy = (): string =>
  head('one machine') + MACHINE + process({ labels: LABELS, metadata: [] }) + WRITE;

interface Added {
  /** All that may be a label in the end. */
  readonly labels: readonly string[];
  /** What the surroundings say beside the line. */
  readonly metadata: readonly string[];
}

function process({ labels, metadata }: Added): string {
  const read = [...fieldsIn('time'), ...fieldsIn('label'), ...fieldsIn('metadata')];
  return `
loki.process "lines" {
	forward_to = [loki.write.loki.receiver]

	// A line that is no JSON goes on as it is.
	stage.json {
		expressions = ${block(read)}
	}

	stage.timestamp {
		source = "time"
		format = "RFC3339Nano"
	}

	stage.labels {
		values = ${block(LABELS)}
	}

	stage.structured_metadata {
		values = ${block([...metadata, ...fieldsIn('metadata')])}
	}

	// Each further label would be a stream for each of its values.
	stage.label_keep {
		values = [${labels.map((label) => `"${label}"`).join(', ')}]
	}
}
`;
}

/** As Alloy's formatter has it: names are as wide as the widest. */
function block(names: readonly string[]): string {
  const width = Math.max(...names.map(({ length }) => length));
  return `{\n${names.map((name) => `\t\t\t${name.padEnd(width)} = "",`).join('\n')}\n\t\t}`;
}
