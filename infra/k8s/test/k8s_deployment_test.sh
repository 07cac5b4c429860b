#!/bin/bash
# Tries an installation in the cluster that kubectl's context names, whether it came by Helm or by the manifests beside this folder.
#
#   infra/k8s/test/k8s_deployment_test.sh [test_name]...
#
# Without a name all of them, in this order. The last three change something and set it back: the least number of API pods, and the console's pods.
# NAMESPACE (transcode), CONTEXT (kubectl's own) and TIMEOUT (300s) may be set. It ends with 0 only if every test passed.
set -uo pipefail

NAMESPACE=${NAMESPACE:-transcode} CONTEXT=${CONTEXT:-} TIMEOUT=${TIMEOUT:-300s}
TESTS=(test_deployments test_pods test_services test_ingress test_health test_hpa test_network_policies test_probes test_scaling test_rollout
  test_rollback)

k() { kubectl ${CONTEXT:+--context "$CONTEXT"} --namespace "$NAMESPACE" "$@"; }
# Says why a test failed; it goes on, so that all reasons are told.
because() {
  echo "  $*"
  failed=1
}
# Lines of what kubectl finds; that it finds nothing, or cannot be asked, is a reason too.
found() {
  local what=$1
  shift
  lines=$(k "$@" 2>&1) || { because "$what could not be asked for: $lines"; lines=''; return 1; }
  [ -n "$lines" ] || { because "there is no $what"; return 1; }
}
# A program for Node in a pod of ours, which exists in every image of ours.
in_pod() { k exec "deployment/$1" -c "$1" -- node -e "$2"; }
ask() { echo "fetch('$1', { signal: AbortSignal.timeout(10_000) }).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(2))"; }
connect() { echo "const s = require('net').connect($2, '$1'); s.setTimeout(5_000, () => process.exit(2)); s.on('connect', () => process.exit(0)).on('error', () => process.exit(1))"; }

test_deployments() {
  found Deployments get deployments,statefulsets -o 'jsonpath={range .items[*]}{.metadata.name} {.spec.replicas} {.status.readyReplicas} {.metadata.generation} {.status.observedGeneration}{"\n"}{end}' || return
  local name wanted ready generation observed
  while read -r name wanted ready generation observed; do
    # Where none is ready the field is not there.
    [ -n "$observed" ] || { observed=$generation generation=$ready ready=0; }
    [ "$ready" = "$wanted" ] || because "$name has $ready of $wanted ready"
    [ "$generation" = "$observed" ] || because "$name was changed, and that was not heeded yet"
  done <<<"$lines"
  for name in api console worker-cpu; do grep -q "^$name " <<<"$lines" || because "there is no Deployment $name"; done
}

test_pods() {
  found pods get pods --field-selector=status.phase!=Succeeded -o 'jsonpath={range .items[*]}{.metadata.name} {.status.phase} {.status.conditions[?(@.type=="Ready")].status} {.status.containerStatuses[*].state.waiting.reason}{"\n"}{end}' || return
  local name phase ready reason
  while read -r name phase ready reason; do
    [ "$phase" = Running ] || because "$name is $phase"
    [ "$ready" = True ] || because "$name is not ready${reason:+: $reason}"
  done <<<"$lines"
}

test_services() {
  found Services get services -o 'jsonpath={range .items[*]}{.metadata.name}{"\n"}{end}' || return
  local services=$lines name
  # Where nobody is chosen `endpoints` is null, at which a jsonpath with a filter ends.
  found endpoints get endpointslices -o 'go-template={{range .items}}{{index .metadata.labels "kubernetes.io/service-name"}}{{range .endpoints}}{{if .conditions.ready}} {{index .addresses 0}}{{end}}{{end}}{{"\n"}}{{end}}' || return
  for name in $services; do
    grep -Eq "^$name +[^ ]" <<<"$lines" || because "nobody is ready behind the Service $name"
  done
  grep -qx api-service <<<"$services" || because 'there is no Service api-service'
}

test_ingress() {
  found 'Ingress' get ingresses -o 'jsonpath={range .items[*]}{.metadata.name} {.spec.ingressClassName} {.spec.rules[0].host} {.spec.rules[0].http.paths[0].backend.service.name} {.status.loadBalancer.ingress[0]}{"\n"}{end}' || return
  local ingresses=$lines name class host service address
  local classes
  classes=$(k get ingressclasses -o 'jsonpath={.items[*].metadata.name}' 2>/dev/null)
  while read -r name class host service address; do
    [[ " $classes " = *" $class "* ]] || because "the Ingress $name is of the class $class, which nobody serves"
    k get service "$service" -o name >/dev/null 2>&1 || because "the Ingress $name leads to $service, which is not there"
    [ -n "$address" ] || because "no controller has taken the Ingress $name ($host)"
  done <<<"$ingresses"
}

test_health() {
  in_pod api "$(ask http://127.0.0.1:8080/health)" || because 'the API is not healthy'
  in_pod api "$(ask http://127.0.0.1:8080/ready)" || because 'the API is not ready: Postgres, Redis or storage do not answer'
  in_pod console "$(ask http://api-service/health)" || because 'the console does not reach api-service'
}

test_hpa() {
  found HorizontalPodAutoscalers get horizontalpodautoscalers -o 'jsonpath={range .items[*]}{.metadata.name} {.spec.scaleTargetRef.name} {.spec.minReplicas} {.spec.maxReplicas} {.status.currentReplicas} {.status.conditions[?(@.type=="AbleToScale")].status} {.status.conditions[?(@.type=="ScalingActive")].status}{"\n"}{end}' || return
  local name target least most current able active
  while read -r name target least most current able active; do
    [ "$able" = True ] || because "$name cannot scale"
    [ "$active" = True ] || because "$name does not get what it goes by: is there a metrics-server?"
    { [ "${current:-0}" -ge "$least" ] && [ "$current" -le "$most" ]; } || because "$name has $current pods, not $least to $most"
  done <<<"$lines"
  for target in api worker-cpu; do grep -Eq "^[^ ]+ $target " <<<"$lines" || because "no autoscaler scales $target"; done
}

test_network_policies() {
  found NetworkPolicies get networkpolicies -o 'jsonpath={range .items[*]}{.metadata.name}{"\n"}{end}' || return
  local name
  for name in default-deny-network-policy postgres-network-policy api-network-policy; do
    grep -qx "$name" <<<"$lines" || because "there is no $name"
  done
  if k get service postgres -o name >/dev/null 2>&1; then
    in_pod api "$(connect postgres 5432)" || because 'the API does not reach Postgres'
    in_pod console "$(connect postgres 5432)" 2>/dev/null && because 'the console reaches Postgres: does anything enforce policies here?'
  fi
  in_pod console "$(ask http://api-service/health)" || because 'the console does not reach the API'
}

test_probes() {
  local kind
  for kind in startupProbe livenessProbe readinessProbe; do
    found containers get deployments,statefulsets -o "jsonpath={range .items[*]}{range .spec.template.spec.containers[*]}{.name}={.$kind.periodSeconds} {end}{end}" || return
    local container
    for container in $lines; do [[ $container =~ =[0-9]+$ ]] || because "${container%=*} has no $kind"; done
  done
  found 'pods of the API' get pods -l component=api -o 'jsonpath={range .items[*]}{.metadata.name} {.status.containerStatuses[0].started} {.status.containerStatuses[0].ready}{"\n"}{end}' || return
  local name started ready
  while read -r name started ready; do
    [ "$started" = true ] && [ "$ready" = true ] || because "the probes of $name do not pass"
  done <<<"$lines"
}

# Until as many pods of the API are ready.
until_ready() {
  local wanted=$1 deadline=$((SECONDS + ${TIMEOUT%s})) ready=0
  while :; do
    ready=$(k get deployment api -o 'jsonpath={.status.readyReplicas}')
    [ "${ready:-0}" -ge "$wanted" ] && return
    [ $SECONDS -lt $deadline ] || break
    sleep 2
  done
  because "after $TIMEOUT the API has ${ready:-0} ready pods, not $wanted"
}

test_scaling() {
  local before least
  before=$(k get deployment api -o 'jsonpath={.spec.replicas}') || { because 'there is no Deployment api'; return; }
  # Beside an autoscaler a number is the autoscaler's: it is asked for one more at least.
  if least=$(k get hpa api -o 'jsonpath={.spec.minReplicas}' 2>/dev/null) && [ -n "$least" ]; then
    k patch hpa api -p "{\"spec\":{\"minReplicas\":$((before + 1))}}" >/dev/null || because 'the autoscaler took no other number'
    until_ready $((before + 1))
    k patch hpa api -p "{\"spec\":{\"minReplicas\":$least}}" >/dev/null || because "minReplicas of hpa/api is not back at $least"
  else
    k scale deployment/api --replicas=$((before + 1)) >/dev/null || because 'the Deployment took no other number'
    until_ready $((before + 1))
    k scale deployment/api --replicas="$before" >/dev/null || because "deployment/api is not back at $before"
  fi
}

test_rollout() {
  k rollout restart deployment/console >/dev/null || { because 'it was not begun'; return; }
  k rollout status deployment/console --timeout="$TIMEOUT" >/dev/null || because "the console was not rolled out within $TIMEOUT"
  in_pod console "$(ask http://127.0.0.1:3000/sign-in)" || because 'the new console does not answer'
}

test_rollback() {
  local mark="{.spec.template.metadata.annotations.transcode-deployment-test}" now=at-$$
  k patch deployment console -p "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"transcode-deployment-test\":\"$now\"}}}}}" >/dev/null ||
    { because 'the console could not be changed'; return; }
  [ "$(k get deployment console -o "jsonpath=$mark")" = "$now" ] || because 'the change is not there'
  k rollout status deployment/console --timeout="$TIMEOUT" >/dev/null || because "the change was not rolled out within $TIMEOUT"
  k rollout undo deployment/console >/dev/null || because 'it could not be undone'
  k rollout status deployment/console --timeout="$TIMEOUT" >/dev/null || because "it was not undone within $TIMEOUT"
  [ "$(k get deployment console -o "jsonpath=$mark")" != "$now" ] || because 'the change is still there'
}

[ $# -gt 0 ] || set -- "${TESTS[@]}"
for name; do
  [[ " ${TESTS[*]} " = *" $name "* ]] || { printf 'There is no %s. There are:\n' "$name" >&2; printf '  %s\n' "${TESTS[@]}" >&2; exit 2; }
done
bad=0
for name; do
  failed=0
  "$name"
  if [ $failed = 0 ]; then echo "PASS $name"; else echo "FAIL $name"; bad=$((bad + 1)); fi
done
echo "$(($# - bad)) of $# passed"
[ $bad = 0 ]
