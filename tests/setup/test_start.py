"""`make run` with stand-ins for the servers: what it says, and that nothing is left when it ends."""

import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import psutil
import pytest

from bot.setup import ports
from bot.setup.settings import Settings


def test_says_when_each_is_ready_and_what_to_open_and_refuses_a_second(runs):
    run = runs()
    run.wait_for("Ctrl-C stops it")
    for title in ("Demo order system is ready", "Web app is ready", "Worker is ready"):
        assert title in run.text
    assert f"http://127.0.0.1:{run.ports['web']}/\n" in run.text
    assert "key-1" in run.text and "admin password" in run.text
    assert urllib.request.urlopen(f"http://127.0.0.1:{run.ports['web']}/", timeout=5).status == 200
    second = runs(var=run.var)
    assert second.ended() == 1
    assert f"running already (process {run.child.pid}, web app http://127.0.0.1:{run.ports['web']})" in second.text
    assert run.child.poll() is None


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_leaves_no_process_when_stopped(runs, number):
    run = runs()
    run.wait_for("Ctrl-C stops it")
    assert len(run.below()) == 4  # supervisor and three processes
    run.child.send_signal(number)
    assert run.ended() == 0
    assert run.left(0) == []
    assert "All processes have ended" in run.text


def test_a_deaf_process_is_killed_when_stopped(runs):
    run = runs("deaf")
    run.wait_for("Ctrl-C stops it")
    run.below()
    run.child.send_signal(signal.SIGINT)
    assert run.ended() == 0
    assert run.left(0) == []


def test_leaves_no_process_when_killed_itself(runs):
    run = runs()
    run.wait_for("Ctrl-C stops it")
    run.below()
    run.child.kill()
    run.child.wait()
    assert run.left() == []


def test_leaves_no_process_when_the_keeper_is_killed(runs):
    run = runs("deaf")
    run.wait_for("Ctrl-C stops it")
    run.named("supervisor.supervisord").kill()
    assert run.ended() == 1
    assert run.left(0) == []
    assert "process keeper (supervisord) ended by itself (signal 9)" in run.text


def test_sigint_to_make_alone_stops_it(runs, tmp_path):
    # GNU make waits for its child and passes SIGINT on to nobody.
    (tmp_path / "Makefile").write_text("run:\n\t@$(COMMAND)\n")
    script = Path(__file__).with_name("stand_in_start.py")
    run = runs(command=["make", "-C", str(tmp_path), "run", f"COMMAND={sys.executable} {script} --with-parent"])
    run.wait_for("Ctrl-C stops it")
    run.below()
    run.child.send_signal(signal.SIGINT)
    run.ended()
    assert run.left(0) == []


def test_a_death_is_told_with_its_reason_and_mended(runs):
    run = runs()
    run.wait_for("Ctrl-C stops it")
    run.named(f"stand_in_server.py {run.ports['web']}").kill()
    run.wait_for("Web app was started again")
    assert "Web app died: terminated by SIGKILL (out of memory, or killed by hand)" in run.text
    assert f"| stand-in speaks on {run.ports['web']}" in run.text
    assert run.child.poll() is None


def test_one_that_cannot_be_kept_ends_all(runs):
    run = runs("dies-at-start")
    assert run.ended(20) == 1
    assert "Web app died: exit status 3" in run.text
    assert "| ValueError: the table of answers is missing" in run.text
    assert "Web app cannot be kept running" in run.text
    assert not [each for each in psutil.process_iter() if str(run.ports["orders"]) in " ".join(cmdline(each))]


def cmdline(process):
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def test_a_taken_port_is_named_with_its_holder(runs):
    holder = subprocess.Popen(
        [sys.executable, "-c", "import socket; s = socket.create_server(('127.0.0.1', 0)); "
         "print(s.getsockname()[1], flush=True); input()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    port = int(holder.stdout.readline())
    try:
        run = runs(ports={"rasa": 5105, "actions": 5155, "web": 8100, "orders": port})
        assert run.ended() == 1
        assert f"Port {port} (orders) is taken by process {holder.pid}" in run.text
        assert "BOT_ORDERS_PORT=" in run.text
    finally:
        holder.communicate("\n", timeout=5)


def test_a_free_port_is_not_refused():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
        assert "taken by process" in ports.refusal("127.0.0.1", port)
    assert ports.refusal("127.0.0.1", port) is None
    assert Settings().ports == {"rasa": 5005, "actions": 5055, "web": 8000, "orders": 8090}
