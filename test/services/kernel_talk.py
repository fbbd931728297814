"""Talks to the kernel as a front end does, and prints what it answered as one JSON object a line."""

import json
import sys
import time

from jupyter_client.manager import start_new_kernel


def tell(name, value):
    print(json.dumps({name: value}), flush=True)


manager, client = start_new_kernel(kernel_name="hoplab")


def outputs(request):
    """Messages of a request on iopub, up to its idle."""
    found = []
    while True:
        message = client.get_iopub_msg(timeout=60)
        if message["parent_header"].get("msg_id") != request:
            continue
        content = message["content"]
        if message["msg_type"] == "status" and content["execution_state"] == "idle":
            return found
        found.append([message["msg_type"], content.get("text") or content.get("ename")])


def reply(request):
    while True:
        message = client.get_shell_msg(timeout=60)
        if message["parent_header"].get("msg_id") == request:
            return message["content"]


if sys.argv[1:] == ["stay"]:
    client.execute("import { spawn } from 'node:child_process'; const p = spawn('sleep', ['300']); console.log(process.pid, p.pid)")
    while True:
        message = client.get_iopub_msg(timeout=60)
        if message["msg_type"] == "stream":
            tell("pids", [int(pid) for pid in message["content"]["text"].split()])
            time.sleep(300)

info = reply(client.kernel_info())
tell("info", [info["status"], info["language_info"]["name"], info["protocol_version"]])
tell("complete", reply(client.complete("const peers = [1]; peers.len", 28)))
tell("inspect", reply(client.inspect("const peers = [1]; peers", 22)))
tell("incomplete", reply(client.is_complete("function f() {"))["status"])
tell("complete_code", reply(client.is_complete("1 + 1"))["status"])
tell("comm", reply(client.comm_info())["comms"])
tell("history", reply(client.history())["history"])

failing = client.execute("await new Promise((resolve) => setTimeout(resolve, 300)); throw new Error('first')")
waiting = client.execute("'second'")
tell("failed", [reply(failing)["status"], reply(waiting)["status"]])
after = client.execute("'third'")
tell("after", reply(after)["status"])

going_on = client.execute("throw new Error('first')", stop_on_error=False)
next_one = client.execute("'second'")
tell("going_on", [reply(going_on)["status"], reply(next_one)["status"]])

many = client.execute("const d = (globalThis as any)[Symbol.for('hoplab.display')]; for (let i = 0; i < 3000; i++) d({ 'text/plain': '' + i }, { id: 'd', update: i > 0 })")
tell("many", len([one for one in outputs(many) if one[0] in ("display_data", "update_display_data")]))

for name, code in (("await", "console.log('on'); await new Promise(() => { setInterval(() => {}, 1000) })"), ("loop", "console.log('on'); for (;;) {}")):
    endless = client.execute(code)
    time.sleep(1.5)
    manager.interrupt_kernel()
    tell("interrupted_" + name, reply(endless)["ename"])

process = manager.provisioner.process
client.stop_channels()
manager.shutdown_kernel()
tell("shut_down", process.poll() is not None)
