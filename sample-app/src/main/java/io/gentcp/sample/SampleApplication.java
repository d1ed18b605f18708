package io.gentcp.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts, says so, and ends. */
@SpringBootApplication
public class SampleApplication {

	public static void main(String[] args) {
		var context = SpringApplication.run(SampleApplication.class, args);
		System.out.println("gentcp sample started");
		System.exit(SpringApplication.exit(context));
	}

}
