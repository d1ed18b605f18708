package io.gentcp.spring.boot;

import io.micrometer.context.ContextSnapshotFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;

/**
 * Auto-configuration of what carries a caller's context, its trace for one, to the
 * threads that do something for it.
 */
@AutoConfiguration(after = GenTcpAutoConfiguration.class)
@ConditionalOnClass(ContextSnapshotFactory.class)
@ConditionalOnBean(GenTcpProperties.class)
public final class GenTcpContextPropagationAutoConfiguration {

	/** The name of the bean that takes a caller's context along. */
	public static final String TASK_DECORATOR = "genTcpTaskDecorator";

	/** Not for others: Spring Boot would decorate the tasks of its executors. */
	@Bean(name = TASK_DECORATOR, defaultCandidate = false)
	@ConditionalOnMissingBean(name = TASK_DECORATOR)
	TaskDecorator genTcpTaskDecorator() {
		return new ContextPropagatingTaskDecorator();
	}

	@Bean
	static ConnectionsPostProcessor genTcpContextPostProcessor(
			@Qualifier(TASK_DECORATOR) ObjectProvider<TaskDecorator> decorator) {
		return new ConnectionsPostProcessor((connections) -> decorator.ifAvailable(connections::carryContextWith));
	}

}
