package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

const ticksPerSecond = 100

// CPU time of a process and all below it, those that have ended included.
func cpuSeconds(root int) float64 {
	total := 0.0
	for _, pid := range tree(root) {
		fields := stat(pid)
		if len(fields) < 15 {
			continue
		}
		for _, field := range fields[11:15] {
			ticks, _ := strconv.ParseFloat(field, 64)
			total += ticks
		}
	}
	return total / ticksPerSecond
}

func residentMiB(root int) float64 {
	total := 0.0
	for _, pid := range tree(root) {
		text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/statm")
		if err != nil {
			continue
		}
		pages, _ := strconv.ParseFloat(strings.Fields(string(text))[1], 64)
		total += pages * float64(os.Getpagesize())
	}
	return total / (1 << 20)
}

func tree(root int) []int {
	if root == 0 {
		return nil
	}
	children := map[int][]int{}
	files, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, file := range files {
		pid, _ := strconv.Atoi(strings.Split(file, "/")[2])
		if fields := stat(pid); len(fields) > 2 {
			parent, _ := strconv.Atoi(fields[1])
			children[parent] = append(children[parent], pid)
		}
	}
	found := []int{root}
	for i := 0; i < len(found); i++ {
		found = append(found, children[found[i]]...)
	}
	return found
}

// The fields of /proc/PID/stat from the state on.
func stat(pid int) []string {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return nil
	}
	_, rest, _ := strings.Cut(string(text), ") ")
	return strings.Fields(rest)
}
