# Reads the journal of the jobs and tells whether each started after what it depends on.
{ stage = $2; place = $3 }

$1 == "start" && stage == "square" { after("list", "") }
$1 == "start" && stage == "add" { after("square", place) }
$1 == "start" && stage == "total" && place == 0 { after_all("add", size) }
$1 == "start" && stage == "total" && place > 0 { after("total", place - 1) }
$1 == "start" && stage == "report" { after_all("total", 10) }
$1 == "end" { ended[stage, place] = 1; count[stage]++ }

END {
    if (wrong) exit 1
    print "JobA: " count["list"] + 0 " of 1 ended"
    print "JobB: " count["square"] + 0 " of " size " ended, each started after JobA had ended"
    print "JobC: " count["add"] + 0 " of " size " ended, each started after the child of JobB with its index had ended"
    print "JobD: " count["total"] + 0 " of 10 ended, one after another, the first started after all of JobC"
    print "JobE: " count["report"] + 0 " of 1 ended, started after all of JobD"
}

function after(stage_before, place_before) {
    if (!((stage_before, place_before) in ended)) complain(stage_before " " place_before)
}

function after_all(stage_before, children) {
    if (count[stage_before] != children) complain("all of " stage_before)
}

function complain(before) {
    print "line " NR ": \"" $0 "\" comes before the end of " before
    wrong = 1
    exit
}
