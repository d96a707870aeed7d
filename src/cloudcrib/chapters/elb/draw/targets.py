"""Figures of what happens inside a target group: queues, sessions, health."""

from cloudcrib.chapters.elb import health, requests
from cloudcrib.kit.counted import counted
from cloudcrib.kit.drawing import HATCHED, PALETTE, Picture, canvas, picture

IN_FLIGHT = (20, 150, 220, 420)  # seconds that requests still need
NAMES = {"round_robin": "round robin", "least_outstanding_requests": "least outstanding requests"}
SHADES = ("blue", "sky", "green", "pink")


def queues(slow: int = 30, arrivals: int = 60) -> Picture:
    """Requests in hand at a slow target, under both algorithms."""
    runs = {name: requests.simulate(arrivals, [3, 3, slow], name) for name in NAMES}
    turn, least = (max(q[2] for q in runs[name]) for name in NAMES)
    fig, ax = canvas(f"Taking turns piles up {turn} on the slow target; counting, only {least}")
    top, ends = turn + 1.5, [run[-1][2] for run in runs.values()]
    apart = abs(ends[0] - ends[1]) > 0.08 * top
    sides = ("center", "center") if apart else ("bottom", "top")
    for (name, run), colour, side in zip(runs.items(), (PALETTE["red"], PALETTE["blue"]), sides, strict=True):
        ax.step(range(arrivals), [q[2] for q in run], where="post", color=colour, lw=2)
        ax.text(arrivals, run[-1][2], f" {NAMES[name]}", color=colour, va=side, fontsize=8.5)
    ax.set(xlabel="seconds (one request arrives each second)", xlim=(0, arrivals * 1.42))
    ax.set(ylabel="requests in hand at the slow target", ylim=(0, top))
    ax.set_xticks(range(0, arrivals + 1, 10))
    ax.locator_params(axis="y", integer=True)
    words = f"up to {turn} under round robin, up to {least} under least outstanding requests"
    return picture(fig, alt=f"Requests in hand at a target that needs {slow} s, beside two that need 3 s: {words}.")


def late_target(sticky: bool = True, joins_at: int = 3, targets: int = 2) -> Picture:
    """Requests of each target per minute, when one more target joins."""
    rounds = requests.session_loads(60, 7, joins_at, targets, sticky)
    got = rounds[-1][-1]
    idles = "Sticky: old sessions stay, the new target idles"
    fig, ax = canvas(f"Not sticky: the new target takes {got} of 60 at once" if got else idles)
    bottom = [0] * len(rounds)
    for target in range(targets + 1):
        counts, new = [counts[target] for counts in rounds], target == targets
        look = (
            {"color": PALETTE["orange"], **HATCHED} if new else {"color": PALETTE[SHADES[target]], "edgecolor": "white"}
        )
        ax.bar(range(len(rounds)), counts, bottom=bottom, label="new target" if new else f"target {target + 1}", **look)
        bottom = [b + c for b, c in zip(bottom, counts, strict=True)]
    ax.vlines(joins_at - 0.5, 0, 70, color=PALETTE["black"], ls="--", lw=1)
    ax.text(joins_at - 0.42, 66, "a target joins", va="center")
    ax.set(xlabel="minute", ylabel="requests of 60 users", ylim=(0, 84))
    ax.legend(loc="upper right", ncols=targets + 1, frameon=False)
    words = f"before, {rounds[joins_at - 1]}; from minute {joins_at} on, {rounds[joins_at]}"
    alt = f"Requests per target and minute, sticky sessions {'on' if sticky else 'off'}: {words}, the new target last."
    return picture(fig, alt=alt)


def failure(fails_at: int = 40, interval: int = 30, threshold: int = 2) -> Picture:
    """A target dies; checks notice; until then requests keep coming."""
    marked = health.marked_at(fails_at, interval, threshold)
    gap = f"{marked - fails_at:.0f} s of requests go to a dead target"
    fig, ax = canvas(f"Dead at {fails_at} s, out at {marked:.0f} s: {gap}")
    end = marked + 2 * interval
    ax.barh(0, fails_at, color=PALETTE["green"], height=0.5)
    ax.barh(0, marked - fails_at, left=fails_at, color=PALETTE["red"], height=0.5, **HATCHED)
    ax.barh(0, end - marked, left=marked, color=PALETTE["grey"], height=0.5)
    for time in range(0, int(end) + 1, interval):
        marker, colour = ("o", "green") if time < fails_at else ("X", "red")
        ax.plot(time, 0.75, marker=marker, ms=9, color=PALETTE[colour], clip_on=False)
    for start, stop, said in (
        (0, fails_at, "healthy, and working"),
        (fails_at, marked, "healthy, says the\nload balancer"),
        (marked, end, "unhealthy:\nno requests"),
    ):
        if stop - start > end / 8:  # no room for words in a narrow stretch
            ax.text((start + stop) / 2, -0.62, said, ha="center", va="center", fontsize=8.5)
    row = counted(threshold, "failure takes", "failures in a row take")
    rule = f"health checks every {interval} s (o passed, x failed), {row} the target out"
    ax.text(0, 1.2, rule, fontsize=8.5)
    ax.set(xlabel="seconds", ylim=(-1, 1.5), yticks=[], xlim=(0, end))
    ax.spines["left"].set_visible(False)
    few = counted(threshold, "failure makes", "failures make")
    words = f"checks every {interval} s fail from then on, and {few} it unhealthy at {marked:.0f} s"
    return picture(fig, alt=f"A timeline: the target dies at {fails_at} s; {words}.")


def draining(in_flight: tuple[int, ...] = IN_FLIGHT, delay: int = 300) -> Picture:
    """Requests in flight when a target is deregistered, and the delay that ends them."""
    ends = health.after_deregistration(in_flight, delay)
    cut = ends.count("cut")
    fig, ax = canvas(f"A deregistration delay of {delay} s cuts {cut} of {counted(len(ends), 'request')} in flight")
    for row, (rest, end) in enumerate(zip(in_flight, ends, strict=True)):
        ax.barh(row, min(rest, delay), color=PALETTE["blue"], height=0.55)
        if end == "cut":
            ax.barh(row, rest - delay, left=delay, color=PALETTE["red"], height=0.55, **HATCHED)
        ax.text(rest + 6, row, end, va="center", color=PALETTE["red" if end == "cut" else "black"])
    ax.axvline(delay, color=PALETTE["black"], ls="--", lw=1.2)
    ax.text(delay, len(ends) - 0.35, " draining ends ", ha="right" if delay > 150 else "left", va="center")
    ax.set(xlabel="seconds after deregistration", ylim=(-0.6, len(ends)), xlim=(0, max(*in_flight, delay) * 1.15))
    ax.set_yticks(range(len(ends)), [f"{rest} s left" for rest in in_flight])
    words = ", ".join(map(str, in_flight))
    return picture(fig, alt=f"Requests with {words} s left; the delay ends at {delay} s, which cuts {cut}.")
